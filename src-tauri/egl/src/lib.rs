//! An EGL vendor of libglvnd that lets the graphics driver sleep until something is drawn with it.
//!
//! WebKitGTK opens an EGL display in every process, also where it draws on the processor, as Sidelight
//! has it do; the driver and its compiler then lie in each tab unused. This vendor stands before Mesa's
//! and answers for that first display by itself. With the first thing that needs a driver, such as a
//! page's WebGL, it opens that display of Mesa's, which loads the driver, and hands everything on to it.
//! (Of Mesa 24.3 and later, where `libEGL_mesa` itself brings the driver, only the opening is saved.)
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

/// `EGL_PLATFORM_SURFACELESS_MESA`: what WebKit opens where it shows nothing by itself.
const SURFACELESS: u32 = 0x31DD;

/// `EGL_NONE`: the end of a list of attributes.
const NONE: isize = 0x3038;

/// The program of a page.
const WEB_PROCESS: &str = "WebKitWebProcess";

/// The app; tests of this package are called so, too.
const APP: &str = "sidelight";

/// The first display that this process asked for: the one that WebKit opens for itself.
static FIRST: OnceLock<Asked> = OnceLock::new();

/// Called by libglvnd, once, when it has loaded this vendor. Declines an ABI that is not known, and other programs:
/// those have inherited the environment, and mean to draw.
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
    let is_wanted = abi::is_known(version) && (runs(WEB_PROCESS) || runs(APP));
    // SAFETY: libglvnd gives a struct of its own, which is there during this call.
    let Some(imports) = (unsafe { imports.as_mut() }).filter(|_| is_wanted) else { return FALSE };
    driver::introduce(Introduction { version, exports, vendor });
    imports.get_platform_display = Some(get_platform_display);
    imports.get_supports_api = Some(get_supports_api);
    imports.get_vendor_string = Some(get_vendor_string);
    imports.get_proc_address = Some(get_proc_address);
    imports.get_dispatch_address = Some(get_dispatch_address);
    imports.set_dispatch_index = Some(set_dispatch_index);
    TRUE
}

fn runs(program: &str) -> bool {
    let running = std::env::current_exe().unwrap_or_default();
    running.file_name().is_some_and(|name| name.to_string_lossy().starts_with(program))
}

/// Ours is the first one only, and of a page only one without a screen; libglvnd asks Mesa for all others.
unsafe extern "C" fn get_platform_display(platform: u32, native: *mut c_void, attributes: *const isize) -> Display {
    // SAFETY: EGL 1.5 has the list end with EGL_NONE, where there is one.
    let is_plain = unsafe { attributes.as_ref() }.is_none_or(|first| *first == NONE);
    let may_sleep = is_plain && (platform == SURFACELESS || !runs(WEB_PROCESS));
    let is_ours = may_sleep && FIRST.set(Asked { platform, native }).is_ok();
    if is_ours { driver::SLEEPING } else { Display::NONE }
}

unsafe extern "C" fn get_supports_api(api: u32) -> Boolean {
    Boolean::from(APIS.contains(&api))
}

/// The platforms are Mesa's: libglvnd joins what all vendors say.
unsafe extern "C" fn get_vendor_string(_name: c_int) -> *const c_char {
    std::ptr::null()
}

unsafe extern "C" fn get_proc_address(name: *const c_char) -> *mut c_void {
    // SAFETY: libglvnd passes the name of a function.
    let name = unsafe { CStr::from_ptr(name) };
    if let Some(function) = functions::named(name) {
        return function;
    }
    // GL's own functions are asked for when a context is current, and then the driver is awake. EGL's others
    // would not know the sleeping display's name.
    let driver = driver::if_awake().flatten().filter(|_| !name.to_bytes().starts_with(b"egl"));
    driver.map_or(std::ptr::null_mut(), |driver| driver.address(name))
}

/// No extension's functions: the sleeping display has none that brings any.
unsafe extern "C" fn get_dispatch_address(_name: *const c_char) -> *mut c_void {
    std::ptr::null_mut()
}

unsafe extern "C" fn set_dispatch_index(name: *const c_char, index: c_int) {
    // SAFETY: libglvnd passes the name of a function.
    driver::note_index(unsafe { CStr::from_ptr(name) }, index);
}

#[cfg(test)]
mod tests {
    use std::ptr;
    use std::sync::atomic::{AtomicI32, Ordering};

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

    type GetConfigs = extern "C" fn(Display, *mut *mut c_void, c_int, *mut c_int) -> Boolean;
    type QueryString = extern "C" fn(Display, c_int) -> *const c_char;

    /// Any number that libglvnd might give to a function.
    const INDEX: c_int = 7;

    fn has_loaded(word: &str) -> bool {
        std::fs::read_to_string("/proc/self/maps").is_ok_and(|maps| maps.contains(word))
    }

    fn address(name: &CStr) -> *mut c_void {
        // SAFETY: the name ends as C wants it.
        unsafe { get_proc_address(name.as_ptr()) }
    }

    fn display(platform: u32, attributes: &[isize]) -> Display {
        // SAFETY: the list ends as EGL wants it.
        unsafe { get_platform_display(platform, ptr::null_mut(), attributes.as_ptr()) }
    }

    /// What libglvnd offers to vendors (`__EGLapiExports`), as far as Mesa's own functions ask for it here.
    static EXPORTS: [Option<extern "C" fn(usize, c_int) -> usize>; 12] = {
        let mut exports: [Option<extern "C" fn(usize, c_int) -> usize>; 12] = [None; 12];
        // threadInit, fetchDispatchEntry, setEGLError, setLastVendor, getVendorFromDisplay
        exports[0] = Some(yes);
        exports[6] = Some(fetched);
        exports[7] = Some(yes);
        exports[8] = Some(yes);
        exports[9] = Some(yes);
        exports
    };
    static FETCHED: AtomicI32 = AtomicI32::new(-1);

    extern "C" fn yes(_any: usize, _other: c_int) -> usize {
        1
    }

    extern "C" fn fetched(_vendor: usize, index: c_int) -> usize {
        FETCHED.store(index, Ordering::Relaxed);
        0
    }

    fn introduced(version: u32) -> (Boolean, Imports) {
        let mut imports = Imports::default();
        // SAFETY: tables as libglvnd has them.
        let answer = unsafe { __egl_Main(version, EXPORTS.as_ptr().cast(), ptr::null_mut(), &raw mut imports) };
        (answer, imports)
    }

    #[test]
    fn every_function_that_libglvnd_asks_for_is_there() {
        for name in CORE {
            assert!(!address(name).is_null(), "{name:?}");
        }
        assert!(address(c"eglCreateImageKHR").is_null(), "extensions are Mesa's");
    }

    #[test]
    fn another_abi_is_declined() {
        let (answer, imports) = introduced(1 << 16);
        assert!(answer == FALSE && imports.get_platform_display.is_none());
    }

    #[test]
    fn the_first_display_sleeps_until_it_is_used_and_every_other_is_mesas() {
        let (answer, imports) = introduced(abi::VERSION);
        assert!(answer == TRUE && imports.get_platform_display.is_some());
        // SAFETY: a name of Mesa's.
        unsafe { set_dispatch_index(c"eglDestroyImageKHR".as_ptr(), INDEX) };
        assert_eq!(display(SURFACELESS, &[0x3000, 1, NONE]), Display::NONE, "attributes are Mesa's to read");
        assert_eq!(display(SURFACELESS, &[NONE]), driver::SLEEPING);
        assert_eq!(display(SURFACELESS, &[NONE]), Display::NONE);
        // SAFETY: the functions of these names have these types.
        let (configurations, query) = unsafe {
            let configurations = std::mem::transmute::<*mut c_void, GetConfigs>(address(c"eglGetConfigs"));
            (configurations, std::mem::transmute::<*mut c_void, QueryString>(address(c"eglQueryString")))
        };
        // SAFETY: it answers a string that lives as long as the process.
        let says = |name| unsafe { CStr::from_ptr(query(driver::SLEEPING, name)) }.to_string_lossy().into_owned();
        assert_eq!(says(functions::VERSION), "1.5");
        let promised = says(functions::EXTENSIONS);
        assert!(!has_loaded("libEGL_mesa"), "it has been asked nothing that needs a driver");

        let mut count = 0;
        assert_eq!(configurations(driver::SLEEPING, ptr::null_mut(), 0, &raw mut count), TRUE);
        assert!(count > 0 && has_loaded("libEGL_mesa"), "{count} configurations");
        let driver = driver::awake().expect("Mesa");
        // SAFETY: the functions of these names have these types; Mesa's answer lives as long as the process.
        let awake = unsafe {
            let query = driver.function::<QueryString>(c"eglQueryString").expect("a function");
            CStr::from_ptr(query(driver.display, functions::EXTENSIONS)).to_string_lossy()
        };
        for extension in promised.split(' ') {
            assert!(awake.split(' ').any(|has| has == extension), "{extension} of {awake}");
        }

        type DestroyImage = extern "C" fn(Display, *mut c_void) -> Boolean;
        // SAFETY: the function of this name has this type.
        let destroy = unsafe {
            let address = driver.dispatch_address(c"eglDestroyImageKHR");
            std::mem::transmute::<*mut c_void, DestroyImage>(address)
        };
        destroy(driver.display, ptr::null_mut());
        assert_eq!(FETCHED.load(Ordering::Relaxed), INDEX, "Mesa knows what libglvnd calls its functions");
    }
}
