#include "CallFloorMessage.h"

#include <stdlib.h>
#include <string.h>

typedef wasmtime_component_val_t val_t;
typedef wasmtime_component_valrecord_entry_t field_t;

static wasm_name_t name(const char *text) {
    wasm_name_t result;
    wasm_byte_vec_new(&result, strlen(text), (void *)text);
    return result;
}

static field_t field(const char *text, val_t value) { return (field_t){.name = name(text), .val = value}; }

static val_t u32(uint32_t number) { return (val_t){.kind = WASMTIME_COMPONENT_U32, .of.u32 = number}; }

static val_t u64(uint64_t number) { return (val_t){.kind = WASMTIME_COMPONENT_U64, .of.u64 = number}; }

static val_t none(void) { return (val_t){.kind = WASMTIME_COMPONENT_OPTION}; }

static val_t some(val_t value) {
    val_t *boxed = wasmtime_component_val_new(&value);
    return (val_t){.kind = WASMTIME_COMPONENT_OPTION, .of.option = boxed};
}

static val_t string(const char *text) { return (val_t){.kind = WASMTIME_COMPONENT_STRING, .of.string = name(text)}; }

static val_t bytes(const uint8_t *data, size_t size) {
    val_t result = {.kind = WASMTIME_COMPONENT_LIST};
    wasmtime_component_vallist_new_uninit(&result.of.list, size);
    for (size_t i = 0; i < size; i++) {
        result.of.list.data[i] = (val_t){.kind = WASMTIME_COMPONENT_U8, .of.u8 = data[i]};
    }
    return result;
}

static val_t record(const field_t *fields, size_t count) {
    val_t result = {.kind = WASMTIME_COMPONENT_RECORD};
    wasmtime_component_valrecord_new_uninit(&result.of.record, count);
    memcpy(result.of.record.data, fields, count * sizeof *fields);
    return result;
}

wasmtime_component_val_t call_floor_config(void) {
    field_t id[] = {field("namespace", string("bench")), field("name", string("floor")), field("instance", string("0"))};
    field_t limits[] = {
        field("memory-bytes", u64(64 << 20)),
        field("table-elements", u32(20000)),
        field("instances", u32(50)),
        field("turn-time", u64(1000000000)),
        field("cpu-time", u64(1000000000)),
        field("fuel-per-turn", none()),
        field("message-bytes", u32(1 << 20)),
        field("host-call-bytes", u64(16 << 20)),
        field("mailbox-messages", u32(1024)),
        field("log-bytes-per-second", u32(1 << 16)),
        field("storage-bytes", u64(16 << 20)),
    };
    field_t config[] = {
        field("id", record(id, sizeof id / sizeof *id)),
        field("environment", bytes(NULL, 0)),
        field("arguments", bytes(NULL, 0)),
        field("limits", record(limits, sizeof limits / sizeof *limits)),
        field("generation", u64(1)),
    };
    return record(config, sizeof config / sizeof *config);
}

wasmtime_component_val_t call_floor_message(const uint8_t *payload, size_t size) {
    field_t message[] = {
        field("sender", none()),
        field("payload", bytes(payload, size)),
        field("correlation-id", some(u64(1))),
        field("topic", none()),
        field("content-type", none()),
        field("sent-at", u64(1)),
        field("attempt", u32(1)),
    };
    return record(message, sizeof message / sizeof *message);
}
