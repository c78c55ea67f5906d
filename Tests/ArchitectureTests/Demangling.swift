import Foundation

/// Swift's own demangler: a mangled name can abbreviate a module's name, so the mangled text alone proves nothing.
enum Demangling {
    /// The readable name of `symbol`, or `symbol` itself where it is not one of Swift's.
    static func name(of symbol: String) -> String {
        guard symbol.hasPrefix("$s") || symbol.hasPrefix("$S") else { return symbol }
        guard let text = swiftDemangle(symbol, symbol.utf8.count, nil, nil, 0) else { return symbol }
        // The runtime hands out a buffer of malloc's, which is the caller's to free.
        defer { free(text) }
        return String(cString: text)
    }
}

/// The demangler of the Swift runtime, which no header declares for Swift.
@_silgen_name("swift_demangle")
private func swiftDemangle(
    _ name: UnsafePointer<CChar>?,
    _ length: Int,
    _ output: UnsafeMutablePointer<CChar>?,
    _ outputLength: UnsafeMutablePointer<Int>?,
    _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?
