/// The words that are names only behind a `%`.
enum Keywords {
    static let all: Set<String> = [
        "use", "type", "func", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64", "char", "record",
        "resource", "own", "borrow", "flags", "variant", "enum", "bool", "string", "option", "result", "future",
        "stream", "error-context", "list", "map", "as", "from", "static", "interface", "tuple", "import", "export",
        "world", "package", "constructor", "include", "with", "async",
    ]
}
