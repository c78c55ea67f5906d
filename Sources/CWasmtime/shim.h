#pragma once
#if !__has_include(<wasmtime.h>)
#error "libwasmtime 50.0.1 is not installed: run Scripts/bootstrap of swift-wasm-actors"
#else
#include <stddef.h>
#include <wasmtime.h>

// The layout of these structs changes between releases: a header of another release than the library's corrupts memory.
// Scripts/bootstrap installs the two together.
#define WASM_ACTORS_LAYOUT(type, size) \
    _Static_assert(sizeof(type) == (size), "wasmtime.h is not of libwasmtime 50.0.1: run Scripts/bootstrap")
WASM_ACTORS_LAYOUT(wasm_byte_vec_t, 16);
WASM_ACTORS_LAYOUT(wasm_frame_vec_t, 16);
WASM_ACTORS_LAYOUT(wasmtime_async_continuation_t, 24);
WASM_ACTORS_LAYOUT(wasmtime_component_func_t, 32);
WASM_ACTORS_LAYOUT(wasmtime_component_instance_t, 16);
WASM_ACTORS_LAYOUT(wasmtime_component_item_t, 24);
WASM_ACTORS_LAYOUT(wasmtime_component_val_t, 32);
WASM_ACTORS_LAYOUT(wasmtime_component_vallist_t, 16);
WASM_ACTORS_LAYOUT(wasmtime_component_valrecord_entry_t, 48);
WASM_ACTORS_LAYOUT(wasmtime_component_valresult_t, 16);
WASM_ACTORS_LAYOUT(wasmtime_component_valtype_t, 16);
WASM_ACTORS_LAYOUT(wasmtime_component_valvariant_t, 24);
_Static_assert(
    offsetof(wasmtime_component_val_t, of) == 8 && offsetof(wasmtime_component_valvariant_t, val) == 16,
    "wasmtime.h is not of libwasmtime 50.0.1: run Scripts/bootstrap"
);
#endif
