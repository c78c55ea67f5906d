#include "CallFloor.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wasmtime.h>

#include "CallFloorMessage.h"

struct call_floor {
    call_floor_kind_t kind;
    wasm_engine_t *engine;
    wasmtime_component_t *component;
    wasmtime_component_linker_t *linker;
    wasmtime_store_t *store;
    wasmtime_context_t *context;
    wasmtime_component_instance_t instance;
    wasmtime_component_func_t function;
    wasmtime_component_val_t message;
};

/// The settings of `EngineConfiguration`, as far as a call's cost can depend on them.
static wasm_config_t *configuration(void) {
    wasm_config_t *config = wasm_config_new();
    wasmtime_config_concurrency_support_set(config, false);
    wasmtime_config_wasm_component_model_async_set(config, false);
    wasmtime_config_wasm_threads_set(config, false);
    wasmtime_config_shared_memory_set(config, false);
    wasmtime_config_wasm_gc_set(config, false);
    wasmtime_config_wasm_function_references_set(config, false);
    wasmtime_config_wasm_exceptions_set(config, false);
    wasmtime_config_gc_support_set(config, false);
    wasmtime_config_wasm_stack_switching_set(config, false);
    wasmtime_config_epoch_interruption_set(config, true);
    wasmtime_config_max_wasm_stack_set(config, 256 << 10);
    wasmtime_config_async_stack_size_set(config, 768 << 10);
    return config;
}

/// Writes a library error's text, or `text` where there is none, and frees the error. Says whether all is well.
static bool succeeded(wasmtime_error_t *error, const char *text, char *message, size_t capacity) {
    if (error == NULL && text == NULL) return true;
    wasm_name_t details = {0};
    if (error != NULL) wasmtime_error_message(error, &details);
    size_t size = error != NULL ? details.size : strlen(text);
    if (size >= capacity) size = capacity - 1;
    memcpy(message, error != NULL ? (const void *)details.data : text, size);
    message[size] = 0;
    if (error != NULL) {
        wasm_byte_vec_delete(&details);
        wasmtime_error_delete(error);
    }
    return false;
}

static bool find(call_floor_t *floor, const char *interface_name, const char *function_name,
                 wasmtime_component_func_t *function) {
    wasmtime_component_export_index_t *outer = wasmtime_component_instance_get_export_index(
        &floor->instance, floor->context, NULL, (void *)interface_name, strlen(interface_name));
    if (outer == NULL) return false;
    wasmtime_component_export_index_t *inner = wasmtime_component_instance_get_export_index(
        &floor->instance, floor->context, outer, (void *)function_name, strlen(function_name));
    bool found = inner != NULL &&
                 wasmtime_component_instance_get_func(&floor->instance, floor->context, inner, function);
    if (inner != NULL) wasmtime_component_export_index_delete(inner);
    wasmtime_component_export_index_delete(outer);
    return found;
}

/// One asynchronous call to its end. A store that never yields is ready at the first poll.
static wasmtime_error_t *call_async(call_floor_t *floor, wasmtime_component_func_t *function,
                                    wasmtime_component_val_t *arguments, size_t count,
                                    wasmtime_component_val_t *results, size_t result_count) {
    wasmtime_error_t *error = NULL;
    wasmtime_call_future_t *future = wasmtime_component_func_call_async(
        function, floor->context, arguments, count, results, result_count, &error);
    while (!wasmtime_call_future_poll(future)) {
    }
    wasmtime_call_future_delete(future);
    return error;
}

static bool initialize(call_floor_t *floor, const char *interface_name, char *message, size_t capacity) {
    wasmtime_component_func_t function;
    if (!find(floor, interface_name, "initialize", &function)) {
        return succeeded(NULL, "the component has no initialize", message, capacity);
    }
    wasmtime_component_val_t config = call_floor_config();
    wasmtime_component_val_t result = {0};
    wasmtime_error_t *error = call_async(floor, &function, &config, 1, &result, 1);
    bool accepted = error == NULL && result.of.result.is_ok;
    wasmtime_component_val_delete(&config);
    wasmtime_component_val_delete(&result);
    return succeeded(error, accepted ? NULL : "the actor refused to initialize", message, capacity);
}

static bool instantiate(call_floor_t *floor, const uint8_t *component, size_t size, char *message, size_t capacity) {
    floor->engine = wasm_engine_new_with_config(configuration());
    if (!succeeded(wasmtime_component_new(floor->engine, (void *)component, size, &floor->component), NULL, message,
                   capacity)) {
        return false;
    }
    floor->linker = wasmtime_component_linker_new(floor->engine);
    if (!succeeded(wasmtime_component_linker_define_unknown_imports_as_traps(floor->linker, floor->component), NULL,
                   message, capacity)) {
        return false;
    }
    floor->store = wasmtime_store_new(floor->engine, NULL, NULL);
    floor->context = wasmtime_store_context(floor->store);
    wasmtime_context_set_epoch_deadline(floor->context, UINT64_C(1) << 40);
    if (floor->kind == CALL_FLOOR_ADD_SYNC) {
        return succeeded(wasmtime_component_linker_instantiate(floor->linker, floor->context, floor->component,
                                                              &floor->instance),
                         NULL, message, capacity);
    }
    // Makes the store asynchronous. Declared to return an error, it returns nothing: its result means nothing.
    (void)wasmtime_context_epoch_deadline_async_yield_and_update(floor->context, UINT64_C(1) << 40);
    wasmtime_error_t *error = NULL;
    wasmtime_call_future_t *future = wasmtime_component_linker_instantiate_async(
        floor->linker, floor->context, floor->component, &floor->instance, &error);
    while (!wasmtime_call_future_poll(future)) {
    }
    wasmtime_call_future_delete(future);
    return succeeded(error, NULL, message, capacity);
}

call_floor_t *call_floor_open(call_floor_kind_t kind, const uint8_t *component, size_t size,
                              const char *interface_name, const char *function_name,
                              const uint8_t *payload, size_t payload_size,
                              char *message, size_t message_capacity) {
    call_floor_t *floor = calloc(1, sizeof *floor);
    if (floor == NULL) return NULL;
    floor->kind = kind;
    bool opened = instantiate(floor, component, size, message, message_capacity);
    if (opened && !find(floor, interface_name, function_name, &floor->function)) {
        opened = succeeded(NULL, "the component lacks the export", message, message_capacity);
    }
    if (opened && kind == CALL_FLOOR_HANDLE_MESSAGE) {
        opened = initialize(floor, interface_name, message, message_capacity);
        if (opened) floor->message = call_floor_message(payload, payload_size);
    }
    if (opened) return floor;
    call_floor_close(floor);
    return NULL;
}

static bool add(call_floor_t *floor, uint32_t number) {
    wasmtime_component_val_t arguments[2] = {
        {.kind = WASMTIME_COMPONENT_U32, .of.u32 = number},
        {.kind = WASMTIME_COMPONENT_U32, .of.u32 = 1},
    };
    wasmtime_component_val_t result = {0};
    wasmtime_error_t *error =
        floor->kind == CALL_FLOOR_ADD_SYNC
            ? wasmtime_component_func_call(&floor->function, floor->context, arguments, 2, &result, 1)
            : call_async(floor, &floor->function, arguments, 2, &result, 1);
    if (error != NULL) {
        wasmtime_error_delete(error);
        return false;
    }
    return result.kind == WASMTIME_COMPONENT_U32 && result.of.u32 == number + 1;
}

static bool handle_message(call_floor_t *floor) {
    wasmtime_component_val_t result = {0};
    wasmtime_error_t *error = call_async(floor, &floor->function, &floor->message, 1, &result, 1);
    if (error != NULL) {
        wasmtime_error_delete(error);
        return false;
    }
    wasmtime_component_val_t *answer = result.of.result.is_ok ? result.of.result.val : NULL;
    bool replied = answer != NULL && answer->of.option != NULL &&
                   answer->of.option->kind == WASMTIME_COMPONENT_LIST;
    wasmtime_component_val_delete(&result);
    return replied;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

double call_floor_run(call_floor_t *floor, uint64_t calls, uint64_t *received) {
    uint64_t right = 0;
    double start = now();
    for (uint64_t i = 0; i < calls; i++) {
        if (floor->kind == CALL_FLOOR_HANDLE_MESSAGE ? handle_message(floor) : add(floor, (uint32_t)i)) {
            right++;
        } else {
            break;
        }
    }
    double elapsed = now() - start;
    *received = right;
    return elapsed;
}

void call_floor_close(call_floor_t *floor) {
    wasmtime_component_val_delete(&floor->message);
    if (floor->store != NULL) wasmtime_store_delete(floor->store);
    if (floor->linker != NULL) wasmtime_component_linker_delete(floor->linker);
    if (floor->component != NULL) wasmtime_component_delete(floor->component);
    if (floor->engine != NULL) wasm_engine_delete(floor->engine);
    free(floor);
}
