//! A webview's keys, before its page gets them: so shortcuts work over a page too.

use webview2_com::AcceleratorKeyPressedEventHandler;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_KEY_EVENT_KIND, COREWEBVIEW2_KEY_EVENT_KIND_KEY_DOWN, COREWEBVIEW2_KEY_EVENT_KIND_SYSTEM_KEY_DOWN,
    ICoreWebView2Controller,
};
use windows::Win32::UI::Input::KeyboardAndMouse::*;
use windows::core::Result;

use super::super::act;
use crate::shortcuts::{Chord, Key, action};

/// Asks the app for each shortcut; everything else goes on to the page.
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
        let asked = key(code).filter(|_| is_down).map(chord).and_then(action);
        if let Some(asked) = asked {
            unsafe { args.SetHandled(true)? };
            act(asked);
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
        VK_F1 => Key::F1,
        VK_F5 => Key::F5,
        VK_F6 => Key::F6,
        VK_TAB => Key::Tab,
        VK_PRIOR => Key::PageUp,
        VK_NEXT => Key::PageDown,
        VK_LEFT => Key::Left,
        VK_RIGHT => Key::Right,
        VK_OEM_PLUS | VK_ADD => Key::Plus,
        VK_OEM_MINUS | VK_SUBTRACT => Key::Minus,
        VK_OEM_COMMA => Key::Comma,
        _ => match u8::try_from(code).ok()? {
            // Windows names these keys by their capital letter or digit.
            digit @ b'0'..=b'9' => Key::Digit(digit - b'0'),
            letter @ b'A'..=b'Z' => Key::Letter(char::from(letter.to_ascii_lowercase())),
            _ => return None,
        },
    })
}
