/// Tells what kind of failure libwasmtime reports.
///
/// For components the C API yields a text alone. Its last line is the cause, whatever names a guest put into the lines
/// before; one table maps it. Facts that this side knows go first: its own flags, then the fuel, then the text.
enum ErrorClassifier {
    /// What a line of the table means.
    private enum Meaning {
        case trap(Trap)
        case limit
        case mismatch
        case finished
        case missing
        case needsAsynchronousStore
        case bug
    }

    /// The texts of libwasmtime 50.0.1, each proved by a guest in `ErrorClassifierTests`.
    private static let table: [(text: String, meaning: Meaning)] = [
        ("all fuel consumed by WebAssembly", .trap(.outOfFuel)),
        ("wasm trap: interrupt", .trap(.interrupted)),
        ("call stack exhausted", .trap(.stackOverflow)),
        ("out of bounds memory access", .trap(.memoryOutOfBounds)),
        ("`unreachable` instruction executed", .trap(.unreachable)),
        ("integer divide by zero", .trap(.integerDivideByZero)),
        ("integer overflow", .trap(.integerOverflow)),
        ("invalid conversion to integer", .trap(.badConversionToInteger)),
        ("uninitialized element", .trap(.indirectCallToNull)),
        ("out of bounds table access", .trap(.tableOutOfBounds)),
        ("indirect call type mismatch", .trap(.badSignature)),
        ("cannot enter component instance", .finished),
        ("out of bounds of memory", .trap(.abiViolation)),
        ("pointer not aligned", .trap(.abiViolation)),
        ("invalid utf-8", .trap(.abiViolation)),
        ("incomplete utf-8", .trap(.abiViolation)),
        ("discriminant", .trap(.abiViolation)),
        ("realloc return", .trap(.abiViolation)),
        ("converted integer out of range for `char`", .trap(.abiViolation)),
        ("unknown handle index", .trap(.abiViolation)),
        ("used with the wrong type", .trap(.abiViolation)),
        ("cannot lift own resource from a borrow", .trap(.abiViolation)),
        ("borrow handles still remain", .trap(.abiViolation)),
        ("cannot leave component instance", .trap(.abiViolation)),
        ("too much data is being copied", .trap(.tooMuchData)),
        ("store handle limit exceeded", .trap(.handleLimit)),
        ("mismatched resource types", .mismatch),
        ("type mismatch", .mismatch),
        ("is not valid", .mismatch),
        ("unknown variant case", .mismatch),
        ("unknown flag", .mismatch),
        ("payload for case", .mismatch),
        ("expected ", .mismatch),
        ("unknown import: `", .missing),
        ("exceeds memory limits", .limit),
        ("exceeds table limits", .limit),
        ("count too high at", .limit),
        ("maximum concurrent", .limit),
        ("mmap failed", .limit),
        ("cannot synchronously call an async-lifted export", .needsAsynchronousStore),
        ("BUG:", .bug),
        ("This is a bug in Wasmtime", .bug),
        ("a sufficiently actionable bug for maintainers", .bug),
    ]

    static func classify(_ error: CError, fuel: UInt64?) -> WasmError {
        if let status = error.exitStatus {
            return WasmError(
                .exit,
                "the guest called exit with status \(status); the store is finished",
                details: error.text,
                exitStatus: status
            )
        }
        // The first line of what linking refuses, before any code of the guest has run.
        if error.text.hasPrefix("component imports ") {
            return WasmError(
                .missingImport,
                "the component imports what the linker defines otherwise or not at all; define it as the details say",
                details: error.text
            )
        }
        if fuel == 0 { return trap(.outOfFuel, error) }
        guard let meaning = table.first(where: { error.cause.contains($0.text) })?.meaning else {
            return trap(.other, error)
        }
        switch meaning {
        case .trap(let trap): return Self.trap(trap, error)
        case .limit:
            return WasmError(
                .limitExceeded,
                "the component needs more than the store's limits allow; raise them or use a smaller component",
                details: error.text,
                frames: error.frames
            )
        case .mismatch:
            return WasmError(
                .typeMismatch,
                "a value was written that its type does not allow; the store is finished",
                details: error.text,
                frames: error.frames
            )
        case .finished:
            return WasmError(
                .storeFinished,
                "the store ended with an earlier failure; make a new store and instance",
                details: error.text
            )
        case .missing:
            return WasmError(
                .missingImport,
                "the guest called an import that is not defined; define it, or use a component that does without",
                details: error.text,
                frames: error.frames
            )
        case .needsAsynchronousStore:
            return needsAsynchronousStore(error)
        // A synchronous call of a function that calls async ones inside its component.
        case .bug where error.text.contains("called without a running event loop"):
            return needsAsynchronousStore(error)
        case .bug:
            return WasmError(.internalError, "libwasmtime reports a bug of its own; report it", details: error.text)
        }
    }

    private static func needsAsynchronousStore(_ error: CError) -> WasmError {
        WasmError(
            .storeKind,
            "the guest runs async functions, which a synchronous store cannot; make a store of the kind .async",
            details: error.text,
            frames: error.frames
        )
    }

    private static func trap(_ trap: Trap, _ error: CError) -> WasmError {
        WasmError(
            .trap,
            "the guest trapped (\(trap)); its store is finished, restart it in a new one",
            details: error.text,
            trap: trap,
            frames: error.frames
        )
    }
}

extension WasmError {
    /// This error with libwasmtime's account of where the guest was.
    func adding(_ error: CError) -> WasmError {
        WasmError(
            code,
            message,
            details: details.isEmpty ? error.text : details,
            trap: trap,
            frames: frames.isEmpty ? error.frames : frames,
            exitStatus: exitStatus,
            underlying: underlying
        )
    }
}
