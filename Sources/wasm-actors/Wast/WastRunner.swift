import Foundation
import WasmComponentModel

/// Runs the commands of one script, in order.
final class WastRunner {
    /// How a run is done.
    struct Options {
        var engine: Engine
        var mode = WastMode.async
        /// Whether components are compiled and not instantiated.
        var compilesOnly = false
    }

    /// A thing that a script names, or why there is none.
    private enum Slot<Wrapped> {
        case present(Wrapped)
        case missing(WastOutcome)
    }

    private let options: Options
    private let folder: URL
    private let usesWASI: Bool
    private let host = WastHost()
    private var definitions: [String?: Slot<Component>] = [:]
    private var instances: [String: Slot<WastInstance>] = [:]
    private var current = Slot<WastInstance>.missing(.failed("there is no instance"))

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - script: The script.
    ///   - folder: Where its binaries lie.
    ///   - options: How it is done.
    init(_ script: WastScript, in folder: URL, options: Options) {
        self.options = options
        self.folder = folder
        usesWASI = script.usesWASI
    }

    /// Runs one command.
    ///
    /// - Parameter command: The command.
    /// - Returns: What came of it.
    func run(_ command: WastDirective) async -> WastOutcome {
        switch command.kind {
        case .module(let module, let name):
            let component = compile(module)
            definitions[name] = component
            return await instantiate(component, as: name)
        case .definition(let module, let name):
            let component = compile(module)
            definitions[name] = component
            if case .missing(let outcome) = component { return outcome }
            return .passed
        case .instance(let definition, let name):
            let component = definitions[definition] ?? .missing(.failed("there is no module \(definition ?? "")"))
            return await instantiate(component, as: name)
        case .assertRefused(let module): return assertRefused(module)
        case .assertUnlinkable(let module): return await assertNotInstantiated(module, text: nil)
        case .assertUninstantiable(let module, let text): return await assertNotInstantiated(module, text: text)
        case .action(let action):
            return await withResult(of: action) { result in
                switch result {
                case .success: .passed
                case .failure(let error): WastOutcome(unexpected: error)
                }
            }
        case .assertReturn(let action, let expected):
            return await withResult(of: action) { Self.compare($0, expected.map(\.value)) }
        case .assertTrap(let action, let text):
            return await withResult(of: action) { Self.compare($0, trap: text) }
        case .other: return .unsupported("the command is for core modules")
        }
    }

    private func compile(_ module: WastModule) -> Slot<Component> {
        do {
            return .present(try load(module))
        } catch let error as WasmError {
            return .missing(WastOutcome(unexpected: error))
        } catch let error as CommandError {
            return .missing(.failed(error.message))
        } catch {
            return .missing(.failed("\(error)"))
        }
    }

    /// Compiles a file.
    ///
    /// - Parameters:
    ///   - module: The file.
    ///   - acceptsCore: Whether a core module is compiled too, as the one part of a component.
    /// - Returns: The component.
    /// - Throws: A `CommandError` where the file cannot be read, and a `WasmError` where it is no component.
    private func load(_ module: WastModule, acceptsCore: Bool = false) throws -> Component {
        let file = try ComponentFile(path: folder.appendingPathComponent(module.filename).path)
        if module.isText {
            return try Component(engine: options.engine, text: String(decoding: file.bytes, as: UTF8.self))
        }
        let isCore = file.bytes.starts(with: Self.coreHeader)
        return try Component(
            engine: options.engine,
            bytes: isCore && acceptsCore ? Self.component(around: file.bytes) : file.bytes
        )
    }

    /// How a core module begins.
    private static let coreHeader: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    /// The component that consists of one core module: a header, and the module as a section (number 1).
    private static func component(around module: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = module.count
        repeat {
            length.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00, 0x01] + length + module
    }

    private func instantiate(_ component: Slot<Component>, as name: String?) async -> WastOutcome {
        let slot: Slot<WastInstance>
        switch component {
        case .missing(let outcome): slot = .missing(outcome)
        case .present where options.compilesOnly: slot = .missing(.unsupported("components are compiled only"))
        case .present(let component):
            do throws(WasmError) {
                slot = .present(try await instance(of: component))
            } catch {
                slot = .missing(WastOutcome(unexpected: error))
            }
        }
        current = slot
        if let name { instances[name] = slot }
        if case .missing(let outcome) = slot, !(options.compilesOnly && isPresent(component)) { return outcome }
        return .passed
    }

    private func isPresent(_ component: Slot<Component>) -> Bool {
        if case .present = component { true } else { false }
    }

    private func instance(of component: Component) async throws(WasmError) -> WastInstance {
        try await WastInstance(
            component,
            linker: host.linker(for: component, offersWASI: usesWASI),
            mode: options.mode
        )
    }

    private func assertRefused(_ module: WastModule) -> WastOutcome {
        do {
            _ = try load(module, acceptsCore: true)
            return .failed("it was accepted")
        } catch let error as CommandError {
            return .failed(error.message)
        } catch {
            return .passed
        }
    }

    private func assertNotInstantiated(_ module: WastModule, text: String?) async -> WastOutcome {
        switch compile(module) {
        case .missing(let outcome): return outcome
        case .present(let component):
            if options.compilesOnly { return .unsupported("components are compiled only") }
            do throws(WasmError) {
                _ = try await instance(of: component)
                return .failed("the component was instantiated")
            } catch {
                guard let text else { return .passed }
                return error.mentions(text) ? .passed : .failed("expected \(text), got \(error.oneLine)")
            }
        }
    }

    private func withResult(
        of action: WastAction,
        _ judge: (Result<Value?, WasmError>) -> WastOutcome
    ) async -> WastOutcome {
        guard action.type == "invoke" else { return .unsupported("components export nothing to \(action.type)") }
        let slot = action.module.map { instances[$0] ?? .missing(.failed("there is no instance \($0)")) } ?? current
        switch slot {
        case .missing(let outcome): return outcome
        case .present(let instance):
            do throws(WasmError) {
                return judge(.success(try await instance.call(action)))
            } catch {
                return judge(.failure(error))
            }
        }
    }

    private static func compare(_ result: Result<Value?, WasmError>, _ expected: [Value]) -> WastOutcome {
        switch result {
        case .failure(let error): return WastOutcome(unexpected: error)
        case .success(let value):
            let values = value.map { [$0] } ?? []
            let isExpected =
                values.count == expected.count && zip(values, expected).allSatisfy { $0.isIdentical(to: $1) }
            if isExpected { return .passed }
            let texts = (text(of: expected), text(of: values))
            // What has the same text is of another type, or another NaN.
            return texts.0 != texts.1
                ? .failed("expected \(texts.0), got \(texts.1)")
                : .failed("expected \(expected), got \(values), which look the same")
        }
    }

    private static func compare(_ result: Result<Value?, WasmError>, trap text: String) -> WastOutcome {
        switch result {
        case .success(let value):
            return .failed("expected the trap '\(text)', got \(self.text(of: value.map { [$0] } ?? []))")
        case .failure(let error):
            // What an instance answers after a trap, this package says of its store.
            let isExpected =
                error.mentions(text) || error.code == .storeFinished && text.contains("cannot enter component instance")
            if isExpected { return .passed }
            if case .unsupported(let reason) = WastOutcome(unexpected: error) { return .unsupported(reason) }
            return .failed("expected the trap '\(text)', got \(error.oneLine)")
        }
    }

    private static func text(of values: [Value]) -> String {
        values.isEmpty ? "nothing" : values.map(WAVEWriter.text).joined(separator: ", ")
    }
}
