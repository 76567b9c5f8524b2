//! Windows of their own for single tabs: a header that no page can draw over, and the webview.
//!
//! A window has no UI of the app in it, and so nothing that could reach a command. Which tabs have
//! one, the core decides. Closing a window closes its tab.

mod palette;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use gtk::glib::Propagation;
use gtk::prelude::*;
use sidelight_core::app::event::{PageEvent, TabWish, Wish};
use sidelight_core::app::switcher::Language;
use sidelight_core::domain::action::Action;
use sidelight_core::domain::shortcut::Chord;
use sidelight_core::domain::workspace::TabId;
use webkit2gtk::WebView;

use super::{Shared, keys};
use crate::console::{Label, Press};

/// In logical pixels; whoever opens a second window wants to see a console in it.
const SIZE: (i32, i32) = (1100, 760);

/// The windows by their tabs.
pub struct OwnWindows {
    open: RefCell<HashMap<TabId, OwnWindow>>,
    press: Press,
}

struct OwnWindow {
    window: gtk::Window,
    view: WebView,
    name: gtk::Label,
    host: gtk::Label,
    buttons: Vec<(gtk::Button, Action)>,
    style: gtk::CssProvider,
}

impl OwnWindows {
    /// None yet.
    pub fn new(press: Press) -> Self {
        Self { open: RefCell::default(), press }
    }

    /// A tab's window comes to the front.
    pub fn present(&self, tab: &TabId) {
        if let Some(own) = self.open.borrow().get(tab) {
            own.window.present();
        }
    }

    /// What each is called and marked with.
    pub fn label(&self, labels: &HashMap<TabId, Label>) {
        for (tab, own) in self.open.borrow().iter() {
            if let Some(label) = labels.get(tab) {
                own.put_label(label);
            }
        }
    }

    /// A tab's window goes; answers its webview, which has no parent any more.
    pub fn close(&self, tab: &TabId) -> Option<WebView> {
        let own = self.open.borrow_mut().remove(tab)?;
        if let Some(holder) = own.view.parent().and_then(|parent| parent.downcast::<gtk::Container>().ok()) {
            holder.remove(&own.view);
        }
        // SAFETY: it is ours alone, and nothing else holds it.
        #[expect(unsafe_code, reason = "GTK keeps a toplevel alive until it is destroyed")]
        unsafe {
            own.window.destroy();
        }
        Some(own.view)
    }
}

impl Shared {
    /// These tabs stand in windows of their own, and no others.
    pub fn keep_apart(self: &Rc<Self>, tabs: &[TabId], hidden: bool) {
        let gone: Vec<TabId> =
            self.own_windows.open.borrow().keys().filter(|tab| !tabs.contains(tab)).cloned().collect();
        for tab in gone {
            if let Some(view) = self.own_windows.close(&tab) {
                self.overlay.add(&view);
            }
        }
        for tab in tabs {
            let is_open = self.own_windows.open.borrow().contains_key(tab);
            let view = self.views.borrow().get(tab).cloned().filter(|_| !is_open);
            if let Some(view) = view {
                self.overlay.remove(&view);
                let own = OwnWindow::around(&view, tab, self);
                self.own_windows.open.borrow_mut().insert(tab.clone(), own);
            }
        }
        for own in self.own_windows.open.borrow().values().filter(|own| own.window.is_visible() == hidden) {
            own.window.set_visible(!hidden);
            if hidden {
                // Task bars may know it still.
                own.window.set_title("Sidelight");
            }
        }
    }

    /// A key was pressed; true where it asks for something.
    pub fn pressed(&self, within: Option<&TabId>, chord: Option<Chord>) -> bool {
        self.touches.note();
        let asks = chord.is_some_and(|chord| (self.own_windows.press)(within, chord));
        if asks {
            self.overlay.end_typing();
        }
        asks
    }

    fn wish(&self, wish: Wish) {
        // The loop is gone only when the app ends.
        let _ = self.surroundings.events.send(wish.into());
    }
}

impl OwnWindow {
    fn around(view: &WebView, tab: &TabId, shared: &Rc<Shared>) -> Self {
        let window = gtk::Window::new(gtk::WindowType::Toplevel);
        window.set_default_size(SIZE.0, SIZE.1);
        let style = gtk::CssProvider::new();
        let (name, host) = (gtk::Label::new(None), gtk::Label::new(None));
        let header = gtk::Box::new(gtk::Orientation::Horizontal, 8);
        header.set_widget_name("mark");
        let mut buttons = Vec::new();
        for (icon, action, wish) in [
            ("go-previous-symbolic", Action::Back, TabWish::Back),
            ("go-next-symbolic", Action::Forward, TabWish::Forward),
            ("view-refresh-symbolic", Action::Reload, TabWish::Reload),
        ] {
            let button = button(icon, tab, wish, shared);
            header.pack_start(&button, false, false, 0);
            buttons.push((button, action));
        }
        name.set_widget_name("name");
        name.set_ellipsize(gtk::pango::EllipsizeMode::End);
        header.pack_start(&name, false, true, 4);
        header.pack_start(&host, false, true, 4);
        let back = button("view-restore-symbolic", tab, TabWish::OwnWindow(false), shared);
        header.pack_end(&back, false, false, 0);
        buttons.push((back, Action::OwnWindow));
        let frame = gtk::Box::new(gtk::Orientation::Vertical, 0);
        frame.set_widget_name("frame");
        frame.pack_start(&header, false, false, 0);
        frame.pack_start(view, true, true, 0);
        window.add(&frame);
        let coloured = [header.upcast_ref::<gtk::Widget>(), frame.upcast_ref(), name.upcast_ref(), host.upcast_ref()];
        for widget in coloured.into_iter().chain(buttons.iter().map(|(button, _)| button.upcast_ref())) {
            widget.style_context().add_provider(&style, gtk::STYLE_PROVIDER_PRIORITY_APPLICATION);
        }
        let own = Self { window, view: view.clone(), name, host, buttons, style };
        if let Some(label) = shared.labels.borrow().get(tab) {
            own.put_label(label);
        }
        own.listen(tab, &Rc::downgrade(shared));
        view.set_no_show_all(false);
        own.window.show_all();
        own.window.present();
        view.grab_focus();
        own
    }

    fn listen(&self, tab: &TabId, shared: &Weak<Shared>) {
        let (weak, id) = (shared.clone(), tab.clone());
        self.window.connect_delete_event(move |_, _| {
            if let Some(shared) = weak.upgrade() {
                shared.surroundings.page(&id, PageEvent::ClosedItself);
            }
            // The core says when it goes.
            Propagation::Stop
        });
        let (weak, id) = (shared.clone(), tab.clone());
        keys::take_first(&self.window, move |chord| {
            weak.upgrade().is_some_and(|shared| shared.pressed(Some(&id), chord))
        });
    }

    fn put_label(&self, label: &Label) {
        let Label { name, colour, host, language, .. } = label;
        self.window.set_title(&format!("{name} — Sidelight"));
        self.name.set_text(name);
        self.host.set_text(host);
        let (mark, on_mark) = palette::of(*colour);
        let css = format!(
            "#mark {{ background: {mark}; color: {on_mark}; padding: 4px 8px; }} #mark label, #mark button {{ color: {on_mark}; }} \
             #name {{ font-weight: bold; }} #frame {{ border: 4px solid {mark}; }}"
        );
        if let Err(error) = self.style.load_from_data(css.as_bytes()) {
            tracing::warn!(%error, "a window has no colour");
        }
        for (button, action) in &self.buttons {
            let words = match language {
                Language::English => action.fact().en,
                Language::Japanese => action.fact().ja,
            };
            button.set_tooltip_text(Some(words));
            if let Some(accessible) = button.accessible() {
                accessible.set_name(words);
            }
        }
    }
}

fn button(icon: &str, tab: &TabId, wish: TabWish, shared: &Rc<Shared>) -> gtk::Button {
    let button = gtk::Button::from_icon_name(Some(icon), gtk::IconSize::Button);
    button.set_relief(gtk::ReliefStyle::None);
    let (weak, tab) = (Rc::downgrade(shared), tab.clone());
    button.connect_clicked(move |_| {
        if let Some(shared) = weak.upgrade() {
            shared.wish(Wish::With(tab.clone(), wish));
        }
    });
    button
}
