public import WasmComponentModel
package import WasmCore

/// One turn of an instance in which the host's own code calls the exports of a world.
///
/// `GuestCaller.call` makes it; whoever gives out turns runs it by `WasmEngine.perform(_:_:on:)`.
public struct GuestTurn<Answer: Sendable>: Sendable {
    /// How the code of a turn ended, where the guest is alive.
    enum Outcome: Sendable {
        case answered(Answer)
        case threw(any Error)
        /// The instance's component has not the world's exports.
        case unbound(WasmError)
    }

    let run: @Sendable (ComponentInstance.Resident) async -> Outcome

    /// Makes a turn.
    ///
    /// - Parameters:
    ///   - world: The world, whose exports are looked up once in each instance.
    ///   - body: What is done in the turn. The store is lent: every export takes it, and no other turn runs meanwhile.
    public init<World: ComponentWorld>(
        on world: World.Type,
        _ body: @escaping @Sendable (World, borrowing Store) async throws -> Answer
    ) {
        run = { resident in
            let exports: World
            do throws(WasmError) {
                exports = try resident.exports(world)
            } catch {
                return .unbound(error)
            }
            do {
                return .answered(try await body(exports, resident.store))
            } catch {
                return .threw(error)
            }
        }
    }
}

extension GuestTurn {
    private init(run: @escaping @Sendable (ComponentInstance.Resident) async -> Outcome) {
        self.run = run
    }

    /// The same turn, with a value that its code, and what that starts, finds in a task-local.
    package func binding<Value: Sendable>(_ local: TaskLocal<Value>, to value: Value) -> GuestTurn {
        let run = run
        return GuestTurn { resident in
            await local.withValue(value) { await run(resident) }
        }
    }

    /// The same turn, counted while its code runs.
    package func tracked(by count: LiveCount) -> GuestTurn {
        let run = run
        return GuestTurn { resident in
            count.begin()
            defer { count.end() }
            return await run(resident)
        }
    }
}
