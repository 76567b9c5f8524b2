//! What libglvnd and a vendor say to each other, as `libeglabi.h` spells it.

use std::ffi::{c_char, c_int, c_void};

/// `EGLBoolean`.
pub type Boolean = u32;
pub const TRUE: Boolean = 1;
pub const FALSE: Boolean = 0;

/// The version that is known here, 0.2: a change that breaks something has another major number, one that
/// adds to the tables another minor one.
pub const VERSION: u32 = 2;

/// Whether a version, as libglvnd packs it, has the same major number.
pub const fn is_known(version: u32) -> bool {
    version >> 16 == VERSION >> 16
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
    pub get_platform_display: Option<unsafe extern "C" fn(u32, *mut c_void, *const isize) -> Display>,
    pub get_supports_api: Option<unsafe extern "C" fn(u32) -> Boolean>,
    pub get_vendor_string: Option<unsafe extern "C" fn(c_int) -> *const c_char>,
    pub get_proc_address: Option<unsafe extern "C" fn(*const c_char) -> *mut c_void>,
    pub get_dispatch_address: Option<unsafe extern "C" fn(*const c_char) -> *mut c_void>,
    pub set_dispatch_index: Option<unsafe extern "C" fn(*const c_char, c_int)>,
    optional: [Option<unsafe extern "C" fn()>; 5],
}

/// `__egl_Main`, a vendor's one door: version, exports, vendor, imports.
pub type Main = unsafe extern "C" fn(u32, *const c_void, *mut c_void, *mut Imports) -> Boolean;
