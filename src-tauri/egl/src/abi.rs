//! What libglvnd and a vendor say to each other, as `libeglabi.h` spells it.

use std::ffi::{c_char, c_int, c_void};

/// `EGLBoolean`.
pub type Boolean = u32;
pub const TRUE: Boolean = 1;
pub const FALSE: Boolean = 0;

/// The ABI that is known here; a change of it that breaks something has another major number.
pub const MAJOR: u32 = 0;

/// `__EGL_VENDOR_STRING_PLATFORM_EXTENSIONS`.
pub const PLATFORM_EXTENSIONS: c_int = 0;

/// The major number of a version as libglvnd packs it.
pub const fn major(version: u32) -> u32 {
    version >> 16
}

/// `EGLDisplay`: a name for something, never looked into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Display(pub *mut c_void);

impl Display {
    /// `EGL_NO_DISPLAY`.
    pub const NONE: Self = Self(std::ptr::null_mut());
}

// SAFETY: it is a name, compared and passed on.
unsafe impl Send for Display {}
// SAFETY: as above.
unsafe impl Sync for Display {}

/// `__EGLapiImports`: what a vendor answers. The last five are optional, and nobody's here.
#[repr(C)]
#[derive(Default)]
pub struct Imports {
    pub get_platform_display: Option<extern "C" fn(u32, *mut c_void, *const isize) -> Display>,
    pub get_supports_api: Option<extern "C" fn(u32) -> Boolean>,
    pub get_vendor_string: Option<extern "C" fn(c_int) -> *const c_char>,
    pub get_proc_address: Option<extern "C" fn(*const c_char) -> *mut c_void>,
    pub get_dispatch_address: Option<extern "C" fn(*const c_char) -> *mut c_void>,
    pub set_dispatch_index: Option<extern "C" fn(*const c_char, c_int)>,
    optional: [Option<extern "C" fn()>; 5],
}

/// `__egl_Main`, a vendor's one door: version, exports, vendor, imports.
pub type Main = unsafe extern "C" fn(u32, *const c_void, *mut c_void, *mut Imports) -> Boolean;
