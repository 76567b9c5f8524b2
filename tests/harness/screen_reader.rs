//! What a screen reader is told: the accessibility tree of a program, and what it hears by itself.
//!
//! Not a screen reader: nothing is put into words. Source: AT-SPI2, `Accessible.xml`, `Event.xml`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator};
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type};
use zbus::{MatchRule, message};

use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};

/// A node's address: the program's name on the bus, and its path.
type Place = (String, OwnedObjectPath);

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const TEXT: &str = "org.a11y.atspi.Text";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// A tree deeper than this is a ring.
const DEEPEST: usize = 64;

/// Signals that nobody has read yet.
const UNREAD: usize = 4_096;

/// `AtspiRole`'s numbers of what this harness is asked for; WebKit leaves roles without names.
const ROLES: &[(u32, Role)] = &[
    (7, Role::Control("check box")),
    (11, Role::Control("combo box")),
    (35, Role::Control("menu item")),
    (37, Role::Control("page tab")),
    (43, Role::Control("push button")),
    (44, Role::Control("radio button")),
    (52, Role::Control("spin button")),
    (62, Role::Control("toggle button")),
    (79, Role::Control("entry")),
    (87, Role::Control("form")),
    (88, Role::Control("link")),
    (91, Role::Control("tree item")),
    (39, Role::Panel),
    (83, Role::Heading),
    (95, Role::Document),
];

/// The number of `ATSPI_STATE_FOCUSED`.
const FOCUSED: usize = 12;

/// The number of `ATSPI_STATE_INVALID_ENTRY`.
const INVALID: usize = 36;

/// What a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// What somebody acts on or chooses, and must be able to name.
    Control(&'static str),
    /// A part of a window.
    Panel,
    /// A heading.
    Heading,
    /// A web page.
    Document,
    /// Anything else.
    #[default]
    Other,
}

/// One thing in the tree.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// How far below the program.
    pub depth: usize,
    /// What it is.
    pub role: Role,
    /// What it is called.
    pub name: String,
    /// Its own text, where it has any.
    pub text: String,
    /// It has the keyboard.
    pub is_focused: bool,
    /// It says that what was entered is wrong.
    pub is_invalid: bool,
    /// What comes into it is said by itself.
    is_live: bool,
}

/// The accessibility bus of a machine.
pub struct ScreenReader {
    bus: Connection,
    heard: Heard,
}

impl ScreenReader {
    /// Begins to listen. Before the app starts: a web process in WebKit's sandbox learns only at its
    /// own start who listens.
    ///
    /// # Errors
    /// When the machine has no session bus, or at-spi2-core is not installed.
    pub fn start(desktop: &Desktop) -> Outcome<Self> {
        let session = desktop.surroundings().get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        let session = session.ok_or_else(|| HarnessError::missing("session bus"))?;
        let session = Builder::address(session)?.build()?;
        let (bus, path) = ("org.a11y.Bus", "/org/a11y/bus");
        let answer = session.call_method(Some(bus), path, Some(bus), "GetAddress", &())?;
        let address: String = answer.body().deserialize()?;
        let reader = Self { bus: Builder::address(address.as_str())?.build()?, heard: Heard::default() };
        reader.listen()?;
        Ok(reader)
    }

    /// All of a program, from its application node; nothing while it is not there.
    ///
    /// # Errors
    /// When the bus is gone.
    pub fn tree(&self, program: &str) -> Outcome<Vec<Node>> {
        let desktop = place(REGISTRY, "/org/a11y/atspi/accessible/root")?;
        let mut nodes = Vec::new();
        for place in self.children(&desktop)? {
            if self.property::<String>(&place, "Name").is_ok_and(|name| name == program) {
                self.walk(&place, 0, &mut nodes);
            }
        }
        Ok(nodes)
    }

    /// What was said by itself since the start.
    pub fn said(&self) -> Vec<String> {
        self.heard.all().iter().filter_map(Event::announcement).filter(|text| !text.is_empty()).collect()
    }

    /// What took the keyboard since the start, by its name.
    pub fn focused(&self) -> Vec<String> {
        self.heard.all().into_iter().filter(Event::is_focus).map(|event| event.source.name).collect()
    }

    /// What goes away while it is looked at is left out.
    fn walk(&self, place: &Place, depth: usize, nodes: &mut Vec<Node>) {
        let Ok(node) = self.node(place, depth) else { return };
        nodes.push(node);
        if depth < DEEPEST {
            for child in self.children(place).unwrap_or_default() {
                self.walk(&child, depth + 1, nodes);
            }
        }
    }

    /// A GTK socket lists no children but has one: the web process's own tree. So each is asked for.
    fn children(&self, place: &Place) -> Outcome<Vec<Place>> {
        let listed: Vec<Place> = self.ask(place, ACCESSIBLE, "GetChildren", &())?;
        if !listed.is_empty() {
            return Ok(listed);
        }
        let count: i32 = self.property(place, "ChildCount")?;
        (0..count).map(|index| self.ask(place, ACCESSIBLE, "GetChildAtIndex", &(index,))).collect()
    }

    fn node(&self, place: &Place, depth: usize) -> Outcome<Node> {
        let states: Vec<u32> = self.ask(place, ACCESSIBLE, "GetState", &())?;
        let has = |state: usize| states.get(state / 32).is_some_and(|word| word >> (state % 32) & 1 == 1);
        let number: u32 = self.ask(place, ACCESSIBLE, "GetRole", &())?;
        let attributes: HashMap<String, String> = self.ask(place, ACCESSIBLE, "GetAttributes", &())?;
        // Containers have no text of their own and refuse.
        let text: Outcome<String> = self.ask(place, TEXT, "GetText", &(0_i32, -1_i32));
        Ok(Node {
            depth,
            role: ROLES.iter().find(|(of, _)| *of == number).map(|(_, role)| *role).unwrap_or_default(),
            name: self.property(place, "Name")?,
            text: text.unwrap_or_default(),
            is_focused: has(FOCUSED),
            is_invalid: has(INVALID),
            is_live: attributes.get("container-live").is_some_and(|live| live != "off"),
        })
    }

    fn property<T: TryFrom<OwnedValue>>(&self, place: &Place, name: &str) -> Outcome<T>
    where
        zbus::Error: From<T::Error>,
    {
        let value: OwnedValue = self.ask(place, PROPERTIES, "Get", &(ACCESSIBLE, name))?;
        Ok(T::try_from(value).map_err(zbus::Error::from)?)
    }

    fn ask<T>(&self, place: &Place, interface: &str, method: &str, body: &(impl Serialize + DynamicType)) -> Outcome<T>
    where
        T: for<'d> Deserialize<'d> + Type,
    {
        let (owner, path) = place;
        let answer = self.bus.call_method(Some(owner.as_str()), path, Some(interface), method, body)?;
        Ok(answer.body().deserialize()?)
    }

    fn listen(&self) -> Outcome {
        let registry = place(REGISTRY, "/org/a11y/atspi/registry")?;
        for event in ["object:", "document:", "window:"] {
            self.ask::<()>(&registry, REGISTRY, "RegisterEvent", &(event, Vec::<&str>::new(), ""))?;
        }
        let rule =
            MatchRule::builder().msg_type(message::Type::Signal).interface("org.a11y.atspi.Event.Object")?.build();
        let signals = MessageIterator::for_match_rule(rule, &self.bus, Some(UNREAD))?;
        let reader = Self { bus: self.bus.clone(), heard: self.heard.clone() };
        // It ends with the bus, which the machine ends.
        std::thread::spawn(move || {
            for event in signals.flatten().filter_map(|signal| reader.event(&signal)) {
                reader.heard.add(event);
            }
        });
        Ok(())
    }

    /// A detail, two numbers, a value; and a reference or a dictionary, which are of no use here.
    fn event(&self, signal: &zbus::Message) -> Option<Event> {
        let header = signal.header();
        let place = (header.sender()?.to_string(), OwnedObjectPath::from(header.path()?.to_owned()));
        let body = signal.body();
        let (detail, number, value) = match body.deserialize::<(String, i32, i32, OwnedValue, Place)>() {
            Ok((detail, number, _, value, _)) => (detail, number, value),
            Err(_) => {
                let properties: (String, i32, i32, OwnedValue, HashMap<String, OwnedValue>) =
                    body.deserialize().ok()?;
                (properties.0, properties.1, properties.3)
            }
        };
        let kind = header.member()?.to_string();
        // Asked at once: by the time a test looks, the node may be gone.
        let source = self.node(&place, 0).unwrap_or_default();
        let came = (kind == "ChildrenChanged").then(|| Place::try_from(value.try_clone().ok()?).ok()).flatten();
        let came = came.and_then(|place| self.node(&place, 0).ok());
        let text = String::try_from(value).unwrap_or_default();
        Some(Event { kind, detail, number, source, came, text })
    }
}

/// A signal of the accessibility bus.
#[derive(Clone)]
struct Event {
    kind: String,
    detail: String,
    number: i32,
    source: Node,
    came: Option<Node>,
    text: String,
}

impl Event {
    fn is_focus(&self) -> bool {
        (self.kind.as_str(), self.detail.as_str(), self.number) == ("StateChanged", "focused", 1)
    }

    /// What is read of a live region: a child that came into one, or text that was put there.
    fn announcement(&self) -> Option<String> {
        match (self.kind.as_str(), self.detail.as_str()) {
            ("ChildrenChanged", "add") => {
                let came = self.came.as_ref().filter(|came| self.source.is_live || came.is_live)?;
                Some(if came.text.is_empty() { came.name.clone() } else { came.text.clone() })
            }
            ("TextChanged", "insert") => self.source.is_live.then(|| self.text.clone()),
            _ => None,
        }
    }
}

/// What was heard so far.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<Event>>>);

impl Heard {
    fn all(&self) -> Vec<Event> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, event: Event) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }
}

fn place(owner: &str, path: &str) -> Outcome<Place> {
    Ok((owner.to_owned(), OwnedObjectPath::try_from(path).map_err(zbus::Error::from)?))
}
