public import WasmCore
public import WasmRuntime

extension ActorSystem {
    /// Has another component take over under an actor's id: a hot upgrade.
    ///
    /// Between two messages the old instance saves its state (`snapshot.save`), and an instance of the new component is
    /// made, initialised and given that state (`snapshot.restore`). Where all of that goes well the new instance handles
    /// the next message and is what later restarts are made of; where it does not, the new instance is dropped, with the
    /// timers and requests that it began, and the old one goes on. Messages wait in the mailbox meanwhile: none is lost,
    /// and none is handled twice. Messages that a new instance sent before it failed stay sent.
    ///
    /// What belongs to the actor stays: subscriptions, watches, links, open requests and the responses that it waits for.
    /// Timers end with the instance that set them; `restore` is the place to set them anew. An actor that is being
    /// restarted, or is out of memory, is upgraded when it is back, which this waits for.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - component: What is to run; `compile(_:world:)` makes one.
    ///   - transfer: What becomes of the state [it is carried over].
    /// - Returns: What became of it, and how long the actor took no messages.
    /// - Throws: `ActorSystemError` of the code `notFound` where no such actor runs. What goes wrong in the upgrade
    ///   itself is not thrown but reported.
    @concurrent
    @discardableResult
    public func upgrade(
        _ id: ActorID,
        to component: CompiledComponent,
        transfer: StateTransfer = .carried
    ) async throws(ActorSystemError) -> UpgradeReport {
        guard let cell = environment.registry[id] else {
            throw .notFound(id)
        }
        return await cell.upgrade(to: component, transfer).value()
    }

    /// Has another component take over in every actor whose id matches, as `upgrade(_:to:transfer:)` does in one.
    ///
    /// At most 64 at a time.
    ///
    /// - Parameters:
    ///   - pattern: Which actors.
    ///   - component: What is to run.
    ///   - transfer: What becomes of the states.
    /// - Returns: What became of each, in the order of their ids; empty where none matches.
    @concurrent
    @discardableResult
    public func upgrade(
        matching pattern: Pattern,
        to component: CompiledComponent,
        transfer: StateTransfer = .carried
    ) async -> [UpgradeReport] {
        let cells = environment.registry.cells
            .filter { pattern.matches($0.id.description) }
            .sorted { $0.id < $1.id }
        var pending = Ring<OneShot<UpgradeReport>>()
        var reports: [UpgradeReport] = []
        for cell in cells {
            if pending.count == Self.upgradesAtOnce, let first = pending.popFirst() {
                reports.append(await first.value())
            }
            pending.append(cell.upgrade(to: component, transfer))
        }
        while let first = pending.popFirst() { reports.append(await first.value()) }
        return reports
    }

    private static let upgradesAtOnce = 64

    /// Has the component of a file take over under an actor's id.
    ///
    /// - Parameters:
    ///   - id: The actor.
    ///   - path: The file with the component's binary.
    ///   - world: What its world adds to the actor contract [nothing].
    ///   - transfer: What becomes of the state.
    /// - Returns: What became of it.
    /// - Throws: `ActorSystemError`, of the codes `unreadableFile`, `invalidComponent` and `notFound`.
    @concurrent
    @discardableResult
    public func upgrade(
        _ id: ActorID,
        path: String,
        world: WorldExtension? = nil,
        transfer: StateTransfer = .carried
    ) async throws(ActorSystemError) -> UpgradeReport {
        try await upgrade(id, to: compile(path: path, world: world), transfer: transfer)
    }

    /// Removes the messages that are kept for an actor that does not run: a later one under the id does not take them up.
    ///
    /// - Parameter id: The actor.
    /// - Throws: `ActorSystemError` of the code `nameTaken` where it runs, `storage` where the storage fails.
    @concurrent
    public func forgetMessages(of id: ActorID) async throws(ActorSystemError) {
        guard environment.registry[id] == nil else { throw .nameTaken(id) }
        do throws(StorageError) {
            try await environment.mailboxes.removeAll(of: id)
        } catch {
            throw ActorSystemError(.storage, "the messages of \(id) were not removed: \(error)", actor: id)
        }
    }

    /// Removes what is kept of the state of an actor that does not run; a later one under the id begins afresh.
    ///
    /// - Parameter id: The actor.
    /// - Throws: `ActorSystemError` of the code `nameTaken` where it runs, `storage` where the storage fails.
    @concurrent
    public func forgetState(of id: ActorID) async throws(ActorSystemError) {
        guard environment.registry[id] == nil else { throw .nameTaken(id) }
        do throws(StorageError) {
            for outlivesIt in [true, false] { try await environment.snapshots.remove(id, outlivesIt: outlivesIt) }
        } catch {
            throw ActorSystemError(.storage, "the state of \(id) was not removed: \(error)", actor: id)
        }
    }
}
