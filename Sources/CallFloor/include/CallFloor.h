#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The floor of the benchmarks: the same calls that this package makes, as a plain loop in C on the same library with
/// the same settings. Nothing but `wasm-actors bench` uses it.
typedef struct call_floor call_floor_t;

/// What a loop calls.
typedef enum call_floor_kind {
    /// An export `(u32, u32) -> u32` that adds, with synchronous calls.
    CALL_FLOOR_ADD_SYNC,
    /// The same with asynchronous calls, each polled to its end.
    CALL_FLOOR_ADD_ASYNC,
    /// `handle-message` of an actor, with asynchronous calls. The actor is initialized first; its imports trap.
    CALL_FLOOR_HANDLE_MESSAGE,
} call_floor_kind_t;

/// Compiles and instantiates a component and finds the export.
///
/// `interface_name` and `function_name` end with a zero byte. `message` receives, ended likewise, why nothing was
/// opened. `payload` is what each message of `CALL_FLOOR_HANDLE_MESSAGE` carries; it is copied.
/// Returns a null pointer on failure.
call_floor_t *call_floor_open(call_floor_kind_t kind, const uint8_t *component, size_t size,
                              const char *interface_name, const char *function_name,
                              const uint8_t *payload, size_t payload_size,
                              char *message, size_t message_capacity);

/// Makes calls, one after the other, and returns the nanoseconds for all of them together.
///
/// `received` counts the calls whose answer was checked and right: the sum for the adding kinds, `ok(some(bytes))` for
/// messages. A call that fails ends the loop, so that `received` is less than `calls`.
double call_floor_run(call_floor_t *floor, uint64_t calls, uint64_t *received);

/// Frees everything.
void call_floor_close(call_floor_t *floor);
