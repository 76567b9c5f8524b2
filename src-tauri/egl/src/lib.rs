//! An EGL vendor of libglvnd that lets the graphics driver sleep until something is drawn with it.
//!
//! WebKitGTK opens an EGL display in every process, also where it draws on the processor, as Sidelight
//! has it do; the driver and its compiler (Mesa, LLVM) then lie in each tab unused. This vendor stands
//! before Mesa's and answers for that first display by itself. With the first thing that needs a driver,
//! such as a page's WebGL, it loads Mesa's vendor and hands everything on to it from then on.
//!
//! It draws nothing and knows no window. The app chooses it (`console/linux/graphics.rs`), only where
//! Mesa's is the one other vendor. It is whole: all of EGL 1.5's core is here, and extensions belong to
//! Mesa. Sources: libglvnd, `include/glvnd/libeglabi.h` (vendor ABI 0.2); the EGL 1.5 specification.
#![cfg(target_os = "linux")]
#![expect(unsafe_code, reason = "libglvnd and drivers speak C")]

mod abi;
mod driver;
mod functions;

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::OnceLock;

use abi::{Boolean, Display, FALSE, Imports, TRUE};
use driver::{Asked, Introduction};

/// `EGL_OPENGL_ES_API` and `EGL_OPENGL_API`.
const APIS: [u32; 2] = [0x30A0, 0x30A2];

/// The platforms whose first display may sleep: what Mesa's vendor knows on Linux.
const PLATFORMS: &CStr = c"EGL_EXT_platform_base EGL_KHR_platform_x11 EGL_EXT_platform_x11 \
    EGL_KHR_platform_wayland EGL_EXT_platform_wayland EGL_MESA_platform_surfaceless";

/// Whose first display may sleep.
const PROGRAMS: [&str; 2] = ["WebKitWebProcess", "sidelight"];

/// The first display that this process asked for: the one that WebKit opens for itself.
static FIRST: OnceLock<Asked> = OnceLock::new();

/// Called by libglvnd, once, when it has loaded this vendor.
///
/// # Safety
/// As `libeglabi.h` asks: the pointers are libglvnd's own, `exports` and `vendor` for as long as the process lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __egl_Main(
    version: u32,
    exports: *const c_void,
    vendor: *mut c_void,
    imports: *mut Imports,
) -> Boolean {
    let is_known = abi::major(version) == abi::MAJOR;
    // SAFETY: libglvnd gives a struct of its own, which is there during this call.
    let Some(imports) = (unsafe { imports.as_mut() }).filter(|_| is_known) else { return FALSE };
    driver::introduce(Introduction { version, exports, vendor });
    imports.get_platform_display = Some(get_platform_display);
    imports.get_supports_api = Some(get_supports_api);
    imports.get_vendor_string = Some(get_vendor_string);
    imports.get_proc_address = Some(get_proc_address);
    imports.get_dispatch_address = Some(get_dispatch_address);
    imports.set_dispatch_index = Some(set_dispatch_index);
    TRUE
}

/// Ours is the first one only; libglvnd asks Mesa for all others.
extern "C" fn get_platform_display(platform: u32, native: *mut c_void, _attributes: *const isize) -> Display {
    let is_first = is_for_this_program() && FIRST.set(Asked { platform, native }).is_ok();
    if is_first { driver::SLEEPING } else { Display::NONE }
}

/// Other programs get here by an environment that they inherited, and mean to draw.
fn is_for_this_program() -> bool {
    let program = std::env::current_exe().unwrap_or_default();
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    PROGRAMS.iter().any(|known| name.starts_with(known))
}

extern "C" fn get_supports_api(api: u32) -> Boolean {
    Boolean::from(APIS.contains(&api))
}

extern "C" fn get_vendor_string(name: c_int) -> *const c_char {
    if name == abi::PLATFORM_EXTENSIONS { PLATFORMS.as_ptr() } else { std::ptr::null() }
}

extern "C" fn get_proc_address(name: *const c_char) -> *mut c_void {
    // SAFETY: libglvnd passes the name of a function.
    let name = unsafe { CStr::from_ptr(name) };
    match functions::named(name) {
        Some(function) => function,
        // GL's own functions are asked for when a context is current, and then the driver is awake.
        None => driver::if_awake().map_or(std::ptr::null_mut(), |driver| driver.address(name)),
    }
}

/// No extension's functions: the sleeping display has none that brings any.
extern "C" fn get_dispatch_address(_name: *const c_char) -> *mut c_void {
    std::ptr::null_mut()
}

extern "C" fn set_dispatch_index(_name: *const c_char, _index: c_int) {}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::*;

    /// What libglvnd 1.6 asks every vendor for (`libeglabipriv.h`), but extensions'.
    const CORE: [&CStr; 37] = [
        c"eglBindAPI",
        c"eglBindTexImage",
        c"eglChooseConfig",
        c"eglClientWaitSync",
        c"eglCopyBuffers",
        c"eglCreateContext",
        c"eglCreateImage",
        c"eglCreatePbufferFromClientBuffer",
        c"eglCreatePbufferSurface",
        c"eglCreatePixmapSurface",
        c"eglCreatePlatformPixmapSurface",
        c"eglCreatePlatformWindowSurface",
        c"eglCreateSync",
        c"eglCreateWindowSurface",
        c"eglDestroyContext",
        c"eglDestroyImage",
        c"eglDestroySurface",
        c"eglDestroySync",
        c"eglGetConfigAttrib",
        c"eglGetConfigs",
        c"eglGetError",
        c"eglGetSyncAttrib",
        c"eglInitialize",
        c"eglMakeCurrent",
        c"eglQueryContext",
        c"eglQueryString",
        c"eglQuerySurface",
        c"eglReleaseTexImage",
        c"eglReleaseThread",
        c"eglSurfaceAttrib",
        c"eglSwapBuffers",
        c"eglSwapInterval",
        c"eglTerminate",
        c"eglWaitClient",
        c"eglWaitGL",
        c"eglWaitNative",
        c"eglWaitSync",
    ];

    const SURFACELESS: u32 = 0x31DD;

    type GetConfigs = extern "C" fn(Display, *mut *mut c_void, c_int, *mut c_int) -> Boolean;
    type QueryString = extern "C" fn(Display, c_int) -> *const c_char;

    fn has_loaded(word: &str) -> bool {
        std::fs::read_to_string("/proc/self/maps").is_ok_and(|maps| maps.contains(word))
    }

    /// What libglvnd would have been told.
    fn introduced(version: u32) -> (Boolean, Imports) {
        static EXPORTS: [usize; 16] = [0; 16];
        let mut imports = Imports::default();
        // SAFETY: tables as libglvnd has them; nothing in them is called here.
        let answer = unsafe { __egl_Main(version, EXPORTS.as_ptr().cast(), ptr::null_mut(), &raw mut imports) };
        (answer, imports)
    }

    #[test]
    fn every_function_that_libglvnd_asks_for_is_there() {
        for name in CORE {
            assert!(!get_proc_address(name.as_ptr()).is_null(), "{name:?}");
        }
        assert!(get_proc_address(c"eglCreateImageKHR".as_ptr()).is_null(), "extensions are Mesa's");
    }

    #[test]
    fn another_abi_is_declined() {
        let (answer, imports) = introduced(1 << 16);
        assert!(answer == FALSE && imports.get_platform_display.is_none());
    }

    #[test]
    fn the_first_display_sleeps_until_it_is_used_and_every_other_is_mesas() {
        let (answer, imports) = introduced(2);
        assert_eq!(answer, TRUE);
        let display = imports.get_platform_display.expect("a door");
        assert_eq!(display(SURFACELESS, ptr::null_mut(), ptr::null()), driver::SLEEPING);
        assert_eq!(display(SURFACELESS, ptr::null_mut(), ptr::null()), Display::NONE);
        let address = |name: &CStr| imports.get_proc_address.expect("a door")(name.as_ptr());
        // SAFETY: the functions of these names have these types.
        let (configurations, query) = unsafe {
            let configurations = std::mem::transmute::<*mut c_void, GetConfigs>(address(c"eglGetConfigs"));
            (configurations, std::mem::transmute::<*mut c_void, QueryString>(address(c"eglQueryString")))
        };
        // SAFETY: it answers a string that lives as long as the process.
        let says = |name| unsafe { CStr::from_ptr(query(driver::SLEEPING, name)) }.to_string_lossy().into_owned();
        assert_eq!(says(functions::VERSION), "1.5");
        let asleep = says(functions::EXTENSIONS);
        assert!(!has_loaded("libEGL_mesa"), "it has been asked nothing that needs a driver");

        let mut count = 0;
        assert_eq!(configurations(driver::SLEEPING, ptr::null_mut(), 0, &raw mut count), TRUE);
        assert!(count > 0 && has_loaded("libEGL_mesa"), "{count} configurations");
        let awake = says(functions::EXTENSIONS);
        for promised in asleep.split(' ') {
            assert!(awake.split(' ').any(|extension| extension == promised), "{promised} of {awake}");
        }
    }
}
