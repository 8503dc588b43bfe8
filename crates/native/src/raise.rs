//! A window on Wayland comes to the front. winit cannot do it: on Wayland a program has no say in it, except with a
//! token that the desktop gave for a click (xdg-activation v1).

use raw_window_handle::{HandleError, HasDisplayHandle, HasWindowHandle, RawDisplayHandle, RawWindowHandle};
use wayland_backend::client::{Backend, InvalidId, ObjectId};
use wayland_client::globals::{BindError, GlobalError, GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle};
use wayland_protocols::xdg::activation::v1::client::xdg_activation_v1::{self, XdgActivationV1};

/// Why a window could not be brought to the front.
#[derive(Debug, thiserror::Error)]
pub enum RaiseError {
    /// The compositor did not answer.
    #[error("the compositor did not answer: {0}")]
    Silent(#[from] GlobalError),
    /// The compositor knows no way for this.
    #[error("the compositor brings no window to the front: {0}")]
    Unknown(#[from] BindError),
    /// The window is closed, or about to be.
    #[error("the window is gone: {0}")]
    Closed(#[from] HandleError),
    /// The window has no surface any more.
    #[error("the window is gone: {0}")]
    Gone(#[from] InvalidId),
    /// The connection is broken.
    #[error("the connection to the compositor is broken: {0}")]
    Broken(#[from] wayland_client::backend::WaylandError),
}

/// Asks the compositor to bring `window` to the front, with the activation `token` of the click that led here. The
/// compositor may refuse without a word, such as for a token that is old or unknown. Says `false` where the window is
/// not on Wayland, and asks nothing.
///
/// To be called on the thread that the window belongs to.
///
/// # Errors
/// [`RaiseError`].
pub fn raise(window: &(impl HasWindowHandle + HasDisplayHandle + ?Sized), token: &str) -> Result<bool, RaiseError> {
    let (surface, display) = (window.window_handle()?, window.display_handle()?);
    let (RawWindowHandle::Wayland(surface), RawDisplayHandle::Wayland(display)) = (surface.as_raw(), display.as_raw())
    else {
        return Ok(false);
    };
    // SAFETY: the borrowed window keeps the display alive while this function runs, and the backend ends with it.
    let backend = unsafe { Backend::from_foreign_display(display.display.as_ptr().cast()) };
    let connection = Connection::from_backend(backend);
    let (globals, queue) = registry_queue_init::<Deaf>(&connection)?;
    let activation: XdgActivationV1 = globals.bind(&queue.handle(), 1..=1, ())?;
    // SAFETY: the borrowed window keeps the surface alive while this function runs.
    let id = unsafe { ObjectId::from_ptr(WlSurface::interface(), surface.surface.as_ptr().cast()) }?;
    activation.activate(token.to_owned(), &WlSurface::from_id(&connection, id)?);
    activation.destroy();
    connection.flush()?;
    Ok(true)
}

/// Hears nothing: neither object has anything to say that is needed.
struct Deaf;

impl Dispatch<WlRegistry, GlobalListContents> for Deaf {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

impl Dispatch<XdgActivationV1, ()> for Deaf {
    fn event(
        _: &mut Self,
        _: &XdgActivationV1,
        _: xdg_activation_v1::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}
