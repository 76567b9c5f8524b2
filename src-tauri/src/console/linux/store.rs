//! A browser store of one profile: cookies, local storage, caches; nothing is shared by two.
//!
//! Not its removal from disk (`storage::browser_stores`). Source: WebKitGTK, `WebKitWebContext`.

use sidelight_core::domain::session::StoreId;
use sidelight_core::storage::browser_stores::{BrowserStores, TAG};
use sidelight_core::storage::home::Home;
use webkit2gtk::{
    CacheModel, CookieManagerExt, CookiePersistentStorage, TLSErrorsPolicy, WebContext, WebContextExt,
    WebsiteDataManager, WebsiteDataManagerExt,
};

use super::{graphics, sandbox};

/// A browser store. All its tabs share it; it lives until the app ends or the profile goes.
pub struct Store {
    context: WebContext,
}

impl Store {
    /// In its own folder; in memory where that cannot be made.
    pub fn of(store: &StoreId, home: &Home) -> Self {
        let data = match BrowserStores::new(home).make(store) {
            Ok(folder) => {
                let folder = folder.to_string_lossy().into_owned();
                WebsiteDataManager::builder()
                    .base_data_directory(folder.as_str())
                    .base_cache_directory(format!("{folder}/cache"))
                    .build()
            }
            Err(error) => {
                tracing::warn!(%error, "a browser store is kept in memory only");
                WebsiteDataManager::new_ephemeral()
            }
        };
        data.set_tls_errors_policy(TLSErrorsPolicy::Fail);
        data.set_persistent_credential_storage_enabled(false);
        let context = WebContext::with_website_data_manager(&data);
        context.set_cache_model(CacheModel::WebBrowser);
        context.set_sandbox_enabled(sandbox::is_possible());
        if let Some(folder) = data.base_data_directory() {
            context.add_path_to_sandbox(format!("{folder}/{TAG}"), true);
        }
        for file in graphics::files() {
            context.add_path_to_sandbox(file, true);
        }
        if let (Some(cookies), Some(folder)) = (data.cookie_manager(), data.base_data_directory()) {
            cookies.set_persistent_storage(&format!("{folder}/cookies.sqlite"), CookiePersistentStorage::Sqlite);
        }
        if let Some(folder) = data.base_data_directory() {
            context.set_favicon_database_directory(Some(&format!("{folder}/icons")));
        }
        Self { context }
    }

    /// For the webviews in it.
    pub fn context(&self) -> &WebContext {
        &self.context
    }
}
