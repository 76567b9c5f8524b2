//! Mesa's vendor, and through it the driver: asleep until it is needed, then there until the process ends.

use std::ffi::{CStr, CString, c_int, c_void};
use std::mem::transmute_copy;
use std::ptr;
use std::sync::{Mutex, OnceLock, PoisonError};

use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

use crate::abi::{self, Boolean, Display, Imports, Main, TRUE};

/// Mesa's vendor, by the name that its own entry in libglvnd's list has (`egl_vendors.rs` looks for it).
const MESA: &str = "libEGL_mesa.so.0";

/// The display that sleeps. Its address is its name.
pub const SLEEPING: Display = Display(ptr::addr_of!(NAME).cast_mut().cast());
static NAME: u8 = 0;

static INTRODUCTION: OnceLock<Introduction> = OnceLock::new();
static DRIVER: OnceLock<Option<Driver>> = OnceLock::new();

/// What libglvnd calls the extensions' functions, as it told every vendor.
static INDICES: Mutex<Vec<(CString, c_int)>> = Mutex::new(Vec::new());

/// How libglvnd introduced itself; Mesa is told the same.
#[derive(Clone, Copy)]
pub struct Introduction {
    pub version: u32,
    pub exports: *const c_void,
    pub vendor: *mut c_void,
}

// SAFETY: libglvnd's tables are made before the first call and never changed; any thread may call them.
unsafe impl Send for Introduction {}
// SAFETY: as above.
unsafe impl Sync for Introduction {}

/// Which display was asked for.
pub struct Asked {
    pub platform: u32,
    pub native: *mut c_void,
}

// SAFETY: the native display is passed on, never looked into; EGL may be called by any thread.
unsafe impl Send for Asked {}
// SAFETY: as above.
unsafe impl Sync for Asked {}

/// Mesa's vendor, and the display that it has for the sleeping one.
pub struct Driver {
    pub display: Display,
    imports: Imports,
}

/// Keeps what libglvnd said of itself.
pub fn introduce(introduction: Introduction) {
    // libglvnd introduces itself once.
    let _ = INTRODUCTION.set(introduction);
}

/// Keeps what libglvnd calls a function: Mesa forgets it as it is introduced anew.
pub fn note_index(name: &CStr, index: c_int) {
    INDICES.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), index));
}

/// The driver; loaded now if it has been asleep. `None` where it cannot be had.
pub fn awake() -> Option<&'static Driver> {
    DRIVER.get_or_init(|| Driver::load(INTRODUCTION.get()?, crate::FIRST.get()?)).as_ref()
}

/// The driver, if it has been needed: `Some(None)` where it could not be had.
pub fn if_awake() -> Option<Option<&'static Driver>> {
    DRIVER.get().map(Option::as_ref)
}

impl Driver {
    /// One of its functions; `None` where it has none of that name.
    ///
    /// # Safety
    /// `F` is that function's type.
    pub unsafe fn function<F: Copy>(&self, name: &CStr) -> Option<F> {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        let address = self.address(name);
        // SAFETY: a function's type is as large as its address, and the caller knows that it is this one.
        (!address.is_null()).then(|| unsafe { transmute_copy(&address) })
    }

    /// Where a function lies; null where it has none of that name.
    pub fn address(&self, name: &CStr) -> *mut c_void {
        // SAFETY: the name ends as C wants it.
        self.imports.get_proc_address.map_or(ptr::null_mut(), |address| unsafe { address(name.as_ptr()) })
    }

    /// Where its own way from libglvnd to an extension's function lies.
    #[cfg(test)]
    pub fn dispatch_address(&self, name: &CStr) -> *mut c_void {
        // SAFETY: the name ends as C wants it.
        self.imports.get_dispatch_address.map_or(ptr::null_mut(), |address| unsafe { address(name.as_ptr()) })
    }

    fn load(introduction: &Introduction, asked: &Asked) -> Option<Self> {
        // SAFETY: libglvnd has it already, as the vendor after this one: nothing of it runs anew.
        let library = unsafe { Library::open(Some(MESA), RTLD_NOW | RTLD_LOCAL) }.ok()?;
        // SAFETY: a vendor's one door has this type.
        let main = *unsafe { library.get::<Main>(b"__egl_Main\0") }.ok()?;
        // Its functions are called until the process ends.
        std::mem::forget(library);
        let mut imports = Imports::default();
        let Introduction { version, exports, vendor } = *introduction;
        // SAFETY: what libglvnd gave to this vendor is what it gives to any; of a later version it writes no
        // more than this one's table holds.
        let took = unsafe { main(version.min(abi::VERSION), exports, vendor, &raw mut imports) };
        (took == TRUE).then_some(())?;
        for (name, index) in INDICES.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            // SAFETY: as libglvnd itself said it.
            unsafe { imports.set_dispatch_index?(name.as_ptr(), *index) };
        }
        // SAFETY: as the display was asked for; it had no attributes.
        let display = unsafe { imports.get_platform_display?(asked.platform, asked.native, ptr::null()) };
        let driver = Self { display, imports };
        (display != Display::NONE && driver.initialize()).then_some(driver)
    }

    fn initialize(&self) -> bool {
        type Function = unsafe extern "C" fn(Display, *mut c_int, *mut c_int) -> Boolean;
        // SAFETY: the function of this name has this type, by EGL 1.5, and takes null.
        unsafe {
            let function = self.function::<Function>(c"eglInitialize");
            function.is_some_and(|function| function(self.display, ptr::null_mut(), ptr::null_mut()) == TRUE)
        }
    }
}
