/// What some bytes claim to be, told by their first eight: checked before libwasmtime sees them, because it would
/// otherwise parse text and echo all of the input in its error.
enum ComponentFormat {
    case component
    case coreModule
    case unknownVersion
    case text
    case truncated
    case other

    /// The magic number `\0asm`, shared by components and core modules.
    private static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D]
    /// Version 13 (0x0d) of layer 1: a component.
    private static let componentVersion: [UInt8] = [0x0D, 0x00, 0x01, 0x00]
    /// Version 1 of layer 0: a core module.
    private static let moduleVersion: [UInt8] = [0x01, 0x00, 0x00, 0x00]

    init(_ bytes: [UInt8]) {
        if bytes.count < 8, (Self.magic + Self.componentVersion).starts(with: bytes) {
            self = .truncated
        } else if bytes.starts(with: Self.magic) {
            let version = Array(bytes[4..<8])
            self =
                version == Self.componentVersion
                ? .component : version == Self.moduleVersion ? .coreModule : .unknownVersion
        } else if bytes.prefix(256).first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }).map({
            $0 == 0x28 || $0 == 0x3B
        })
            == true
        {
            self = .text
        } else {
            self = .other
        }
    }

    /// The error for bytes that are no component; `nil` for those that are.
    var error: WasmError? {
        switch self {
        case .component: nil
        case .coreModule:
            WasmError(
                .notAComponent,
                "the bytes are a core module; make a component of it, for example with wasm-tools component new"
            )
        case .unknownVersion:
            WasmError(.notAComponent, "the bytes are WebAssembly of a version other than the component model's 0xd")
        case .text:
            WasmError(.notAComponent, "the bytes are text; translate WAT first, for example with wasm-tools parse")
        case .truncated:
            WasmError(.notAComponent, "the bytes end within the first eight; the file is empty or truncated")
        case .other:
            WasmError(.notAComponent, "the bytes do not begin as a component does (00 61 73 6d 0d 00 01 00)")
        }
    }
}
