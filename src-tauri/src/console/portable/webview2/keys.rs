//! A webview's keys, before its page gets them: so shortcuts work over a page too.

use webview2_com::AcceleratorKeyPressedEventHandler;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_KEY_EVENT_KIND, COREWEBVIEW2_KEY_EVENT_KIND_KEY_DOWN, COREWEBVIEW2_KEY_EVENT_KIND_SYSTEM_KEY_DOWN,
    ICoreWebView2Controller,
};
use windows::Win32::UI::Input::KeyboardAndMouse::*;
use windows::core::Result;

use sidelight_core::domain::shortcut::{Chord, Key};

use super::super::press;

/// Tells the app of each key; what asks for nothing goes on to the page.
pub fn take_first(controller: &ICoreWebView2Controller) -> Result<()> {
    let pressed = AcceleratorKeyPressedEventHandler::create(Box::new(|_, args| {
        let Some(args) = args else { return Ok(()) };
        let (mut kind, mut code) = (COREWEBVIEW2_KEY_EVENT_KIND::default(), 0);
        unsafe {
            args.KeyEventKind(&mut kind)?;
            args.VirtualKey(&mut code)?;
        }
        let is_down =
            [COREWEBVIEW2_KEY_EVENT_KIND_KEY_DOWN, COREWEBVIEW2_KEY_EVENT_KIND_SYSTEM_KEY_DOWN].contains(&kind);
        if key(code).filter(|_| is_down).map(chord).is_some_and(press) {
            unsafe { args.SetHandled(true)? };
        }
        Ok(())
    }));
    unsafe { controller.add_AcceleratorKeyPressed(&pressed, &mut 0) }
}

fn chord(key: Key) -> Chord {
    Chord { key, command: is_held(VK_CONTROL), shift: is_held(VK_SHIFT), alt: is_held(VK_MENU) }
}

fn is_held(key: VIRTUAL_KEY) -> bool {
    unsafe { GetKeyState(i32::from(key.0)) < 0 }
}

fn key(code: u32) -> Option<Key> {
    let code = u16::try_from(code).ok()?;
    Some(match VIRTUAL_KEY(code) {
        VIRTUAL_KEY(function @ 0x70..=0x7b) => Key::Function(u8::try_from(function - 0x6f).ok()?),
        VK_TAB => Key::Tab,
        VK_PRIOR => Key::PageUp,
        VK_NEXT => Key::PageDown,
        VK_LEFT => Key::Left,
        VK_RIGHT => Key::Right,
        VK_OEM_PLUS | VK_ADD => Key::Plus,
        VK_OEM_MINUS | VK_SUBTRACT => Key::Minus,
        VK_OEM_COMMA => Key::Comma,
        VK_OEM_PERIOD => Key::Period,
        VK_HOME => Key::Home,
        VK_END => Key::End,
        VK_RETURN => Key::Enter,
        VK_OEM_5 => Key::Backslash,
        VK_UP => Key::Up,
        VK_DOWN => Key::Down,
        _ => match u8::try_from(code).ok()? {
            // Windows names these keys by their capital letter or digit.
            digit @ b'0'..=b'9' => Key::Digit(digit - b'0'),
            letter @ b'A'..=b'Z' => Key::Letter(char::from(letter.to_ascii_lowercase())),
            _ => return None,
        },
    })
}
