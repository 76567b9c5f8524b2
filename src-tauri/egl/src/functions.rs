//! EGL 1.5's core functions: what the sleeping display answers by itself, and what wakes the driver.
//!
//! Those that libglvnd answers alone (`eglGetCurrentContext` and the like) are not here.

use std::ffi::{CStr, c_char, c_int, c_void};

use crate::abi::{Boolean, Display, FALSE, TRUE};
use crate::driver::{self, Driver};

type Attributes = *const c_int;
type Wide = *const isize;
/// A configuration, context, surface, sync or image: the driver's own name for it.
type Name = *mut c_void;

const SUCCESS: c_int = 0x3000;
const NOT_INITIALIZED: c_int = 0x3001;
const VENDOR: c_int = 0x3053;
pub const VERSION: c_int = 0x3054;
pub const EXTENSIONS: c_int = 0x3055;
const CLIENT_APIS: c_int = 0x308D;

/// What every display of Mesa's can do, and WebKit looks for before it makes a context.
const DISPLAY_EXTENSIONS: &CStr = c"EGL_KHR_create_context EGL_KHR_no_config_context EGL_KHR_surfaceless_context";

/// The function of this name; `None` for an extension's and for those of GL itself.
pub fn named(name: &CStr) -> Option<*mut c_void> {
    let own = match name.to_bytes() {
        b"eglBindAPI" => bind_api as *mut c_void,
        b"eglGetError" => get_error as *mut c_void,
        b"eglInitialize" => initialize as *mut c_void,
        b"eglQueryString" => query_string as *mut c_void,
        b"eglReleaseThread" => release_thread as *mut c_void,
        b"eglTerminate" => terminate as *mut c_void,
        _ => return waking(name),
    };
    Some(own)
}

/// libglvnd tells every vendor of its list, Mesa's too.
extern "C" fn bind_api(_api: u32) -> Boolean {
    TRUE
}

/// As above.
extern "C" fn release_thread() -> Boolean {
    TRUE
}

extern "C" fn get_error() -> c_int {
    type Function = unsafe extern "C" fn() -> c_int;
    match driver::if_awake() {
        None => SUCCESS,
        Some(None) => NOT_INITIALIZED,
        // SAFETY: the function of this name has this type, by EGL 1.5.
        Some(Some(driver)) => unsafe {
            driver.function::<Function>(c"eglGetError").map_or(NOT_INITIALIZED, |function| function())
        },
    }
}

/// There whether asleep or not: the driver is initialized as it wakes, and stays so.
unsafe extern "C" fn initialize(_display: Display, major: *mut c_int, minor: *mut c_int) -> Boolean {
    // SAFETY: EGL 1.5 allows null, and has both be written otherwise.
    unsafe {
        if let Some(major) = major.as_mut() {
            *major = 1;
        }
        if let Some(minor) = minor.as_mut() {
            *minor = 5;
        }
    }
    TRUE
}

/// The process ends: contexts go with it.
extern "C" fn terminate(_display: Display) -> Boolean {
    TRUE
}

/// The same asleep and awake: of the functions that other extensions bring, this display has none.
extern "C" fn query_string(display: Display, name: c_int) -> *const c_char {
    let answer = match name {
        EXTENSIONS if display == Display::NONE => c"",
        EXTENSIONS => DISPLAY_EXTENSIONS,
        VERSION => c"1.5",
        VENDOR => c"Sidelight",
        CLIENT_APIS => c"OpenGL OpenGL_ES",
        _ => return std::ptr::null(),
    };
    answer.as_ptr()
}

/// An argument as the driver takes it: the sleeping display is known there by another name.
trait HandedOn {
    fn to(self, driver: &Driver) -> Self;
}

impl HandedOn for Display {
    fn to(self, driver: &Driver) -> Self {
        driver.display
    }
}

macro_rules! handed_on_as_they_are {
    ($($kind:ty),*) => {
        $(impl HandedOn for $kind {
            fn to(self, _driver: &Driver) -> Self {
                self
            }
        })*
    };
}

handed_on_as_they_are!(c_int, u32, u64, *const c_int, *mut c_int, *const isize, *mut isize, Name, *mut Name);

/// Functions that wake the driver and are its own from then on. What follows `or` is the answer where
/// there is no driver.
macro_rules! waking {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty, or $failure:expr;)*) => {
        fn waking(name: &CStr) -> Option<*mut c_void> {
            match name.to_bytes() {
                $(bytes if bytes == stringify!($name).as_bytes() => Some($name as *mut c_void),)*
                _ => None,
            }
        }

        $(
            #[expect(non_snake_case, reason = "EGL's own name")]
            unsafe extern "C" fn $name($($argument: $kind),*) -> $answer {
                const NAME: &CStr = spelled(concat!(stringify!($name), "\0"));
                let Some(driver) = driver::awake() else { return $failure };
                // SAFETY: the function of this name has this type, by EGL 1.5.
                let function = unsafe { driver.function::<unsafe extern "C" fn($($kind),*) -> $answer>(NAME) };
                // SAFETY: with the arguments that the caller gave, but for the display's name.
                function.map_or($failure, |function| unsafe { function($($argument.to(driver)),*) })
            }
        )*
    };
}

const fn spelled(text: &str) -> &CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a function's name has no NUL within"),
    }
}

const NOTHING: Name = std::ptr::null_mut();

#[rustfmt::skip]
waking! {
    eglBindTexImage(display: Display, surface: Name, buffer: c_int) -> Boolean, or FALSE;
    eglChooseConfig(display: Display, wanted: Attributes, found: *mut Name, size: c_int, count: *mut c_int) -> Boolean, or FALSE;
    eglClientWaitSync(display: Display, sync: Name, flags: c_int, timeout: u64) -> c_int, or 0;
    eglCopyBuffers(display: Display, surface: Name, target: Name) -> Boolean, or FALSE;
    eglCreateContext(display: Display, config: Name, shared: Name, attributes: Attributes) -> Name, or NOTHING;
    eglCreateImage(display: Display, context: Name, target: u32, buffer: Name, attributes: Wide) -> Name, or NOTHING;
    eglCreatePbufferFromClientBuffer(display: Display, kind: u32, buffer: Name, config: Name, attributes: Attributes) -> Name, or NOTHING;
    eglCreatePbufferSurface(display: Display, config: Name, attributes: Attributes) -> Name, or NOTHING;
    eglCreatePixmapSurface(display: Display, config: Name, pixmap: Name, attributes: Attributes) -> Name, or NOTHING;
    eglCreatePlatformPixmapSurface(display: Display, config: Name, pixmap: Name, attributes: Wide) -> Name, or NOTHING;
    eglCreatePlatformWindowSurface(display: Display, config: Name, window: Name, attributes: Wide) -> Name, or NOTHING;
    eglCreateSync(display: Display, kind: u32, attributes: Wide) -> Name, or NOTHING;
    eglCreateWindowSurface(display: Display, config: Name, window: Name, attributes: Attributes) -> Name, or NOTHING;
    eglDestroyContext(display: Display, context: Name) -> Boolean, or FALSE;
    eglDestroyImage(display: Display, image: Name) -> Boolean, or FALSE;
    eglDestroySurface(display: Display, surface: Name) -> Boolean, or FALSE;
    eglDestroySync(display: Display, sync: Name) -> Boolean, or FALSE;
    eglGetConfigAttrib(display: Display, config: Name, attribute: c_int, value: *mut c_int) -> Boolean, or FALSE;
    eglGetConfigs(display: Display, found: *mut Name, size: c_int, count: *mut c_int) -> Boolean, or FALSE;
    eglGetSyncAttrib(display: Display, sync: Name, attribute: c_int, value: *mut isize) -> Boolean, or FALSE;
    eglMakeCurrent(display: Display, draw: Name, read: Name, context: Name) -> Boolean, or FALSE;
    eglQueryContext(display: Display, context: Name, attribute: c_int, value: *mut c_int) -> Boolean, or FALSE;
    eglQuerySurface(display: Display, surface: Name, attribute: c_int, value: *mut c_int) -> Boolean, or FALSE;
    eglReleaseTexImage(display: Display, surface: Name, buffer: c_int) -> Boolean, or FALSE;
    eglSurfaceAttrib(display: Display, surface: Name, attribute: c_int, value: c_int) -> Boolean, or FALSE;
    eglSwapBuffers(display: Display, surface: Name) -> Boolean, or FALSE;
    eglSwapInterval(display: Display, interval: c_int) -> Boolean, or FALSE;
    eglWaitClient() -> Boolean, or FALSE;
    eglWaitGL() -> Boolean, or FALSE;
    eglWaitNative(engine: c_int) -> Boolean, or FALSE;
    eglWaitSync(display: Display, sync: Name, flags: c_int) -> Boolean, or FALSE;
}
