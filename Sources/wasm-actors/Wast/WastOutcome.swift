import WasmComponentModel

/// What came of one command.
enum WastOutcome: Equatable {
    case passed
    /// What happened, and what was expected.
    case failed(String)
    /// Why it cannot be tried.
    case unsupported(String)

    /// The outcome of something that should have worked.
    ///
    /// What this package or its engine does not offer is no failure: a proposal that is off, a type that no call carries.
    init(unexpected error: WasmError) {
        if let feature = error.missingFeature {
            self = .unsupported("feature off: \(feature)")
        } else if error.code == .unsupportedType {
            self = .unsupported(error.message)
        } else {
            self = .failed(error.oneLine)
        }
    }
}

extension WasmError {
    /// The whole error in one line.
    var oneLine: String {
        let text = details.replacing("\\n", with: " ").replacing("\\t", with: " ")
        return "\(message)\(text.isEmpty ? "" : " (\(text))")"
    }

    /// Whether the error's texts hold another.
    func mentions(_ text: String) -> Bool {
        details.contains(text) || message.contains(text)
    }

    /// libwasmtime's sentence on a proposal that a component needs and that is off; none for another refusal.
    fileprivate var missingFeature: String? {
        guard code == .invalidComponent || code == .unsupportedType,
            let line = details.split(separator: "\\n").last(where: { !$0.allSatisfy(\.isWhitespace) }),
            ["feature", "proposal", "must be enabled", "not enabled", "disallowed"].contains(where: line.contains)
        else { return nil }
        return line.split(separator: " (at offset")[0].drop(while: \.isWhitespace).description
    }
}
