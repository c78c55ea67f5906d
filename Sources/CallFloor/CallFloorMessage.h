#pragma once

#include <wasmtime.h>

/// The arguments of `initialize` and `handle-message` (`wit/types.wit`), built by hand: the floor has no bindings.
/// Each is freed with `wasmtime_component_val_delete`.

/// A `config` with the default limits.
wasmtime_component_val_t call_floor_config(void);

/// A `message` without a sender that carries this payload and waits for its reply.
wasmtime_component_val_t call_floor_message(const uint8_t *payload, size_t size);
