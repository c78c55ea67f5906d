import Foundation
public import WasmComponentModel

/// Passes values through the bindings both ways: a dynamic value goes to the component `proxy`, which asks its import
/// for it; that is a host written against the generated protocol, and it calls the generated methods of the component
/// `echo`. What comes back through all of them is compared with what is expected.
public final class CorpusRoundTrip: CorpusCheck, @unchecked Sendable {
    // Unchecked as the superclass is; what it holds is immutable and sendable.
    private let define: @Sendable (inout Linker) throws(WasmError) -> Void
    private let forward: @Sendable (consuming Store, Instance) throws(WasmError) -> any AnyObject & Sendable

    /// Makes one.
    ///
    /// - Parameters:
    ///   - define: Defines the imports of `proxy`.
    ///   - forward: Makes the host behind them, of an instance of `echo` and its store.
    public init(
        define: @escaping @Sendable (inout Linker) throws(WasmError) -> Void,
        forward: @escaping @Sendable (consuming Store, Instance) throws(WasmError) -> any AnyObject & Sendable
    ) {
        self.define = define
        self.forward = forward
    }

    /// Runs the commands of a file, as `wasm-tools json-from-wast` writes them.
    ///
    /// - Parameter files: The commands, the component `echo`, the component `proxy`.
    /// - Returns: A line for each function: its name, how many values came back equal, how many did not, and what
    ///   is wrong with the first of those.
    /// - Throws: What the files or the components are refused for.
    nonisolated(nonsending) public override func run(_ files: [String]) async throws -> String {
        let bytes = try files.map { try Data(contentsOf: URL(filePath: $0)) }
        let engine = try Self.engine(forEverything: false)
        let echo = try Component(engine: engine, bytes: [UInt8](bytes[1]))
        let proxy = try Component(engine: engine, bytes: [UInt8](bytes[2]))
        var names: [String] = []
        var counts: [String: (equal: Int, different: Int, reason: String)] = [:]
        for command in try CorpusCommand.all(in: bytes[0]) {
            if counts[command.function] == nil { names.append(command.function) }
            var count = counts[command.function] ?? (0, 0, "")
            do {
                let result = try await call(command, echo, proxy)
                if result.map(CorpusValue.text) == command.expected.map(CorpusValue.text) {
                    count.equal += 1
                } else {
                    count.different += 1
                    count.reason = "another value came back"
                }
            } catch {
                count.different += 1
                count.reason = "\(error)".split(separator: "\n").joined(separator: " ")
            }
            counts[command.function] = count
        }
        return names.map { name in
            let (equal, different, reason) = counts[name] ?? (0, 0, "")
            return "\(name)\t\(equal)\t\(different)\t\(reason)\n"
        }.joined()
    }

    /// One call, in stores of its own: what fails leaves nothing behind.
    nonisolated(nonsending) private func call(
        _ command: CorpusCommand,
        _ echo: Component,
        _ proxy: Component
    ) async throws -> Value? {
        let engine = echo.engine
        let echoStore = try Store(engine: engine)
        let echoInstance = try await echoStore.instantiateAsync(echo, linker: Linker(engine: engine).finish())
        var linker = Linker(engine: engine)
        try define(&linker)
        var configuration = StoreConfiguration()
        configuration.data = try forward(echoStore, echoInstance)
        let store = try Store(engine: engine, configuration: configuration)
        let instance = try await store.instantiateAsync(proxy, linker: linker.finish())
        let function = try store.function(instance, command.interface, command.function)
        return try await store.callAsync(function, command.arguments)
    }
}
