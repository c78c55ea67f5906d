import WasmCore
import WasmRuntime

/// A call of an actor's own exports that waits for its turn.
protocol WaitingCall: AnyObject, Sendable {
    /// Does what the caller wants, in the actor's turn. Where nobody waits any more, nothing is done.
    ///
    /// - Parameters:
    ///   - instance: The actor's instance.
    ///   - cell: The actor.
    /// - Returns: What gives the caller the answer.
    /// - Throws: `RuntimeError` where the turn ended abnormally; the caller is to be told by `fail`.
    func run(
        in instance: any ActorInstance,
        of cell: ActorCell
    ) async throws(RuntimeError) -> @Sendable () -> Void

    /// Tells the caller that no answer comes.
    func fail(_ error: MessagingError)
}

/// A call with an answer of one type.
final class PendingCall<Answer: Sendable>: WaitingCall {
    /// The answer, which comes once.
    let answer = OneShot<Result<Answer, ActorCallError>>()
    private let turn: GuestTurn<Answer>

    init(_ turn: GuestTurn<Answer>) {
        self.turn = turn
    }

    func run(
        in instance: any ActorInstance,
        of cell: ActorCell
    ) async throws(RuntimeError) -> @Sendable () -> Void {
        guard !answer.isResolved else { return {} }
        let (environment, hostTurn) = (cell.environment, HostTurn(of: cell))
        defer { hostTurn.end() }
        let turn = turn.tracked(by: environment.bodies).binding(HostTurn.$current, to: hostTurn)
        let result: Result<Answer, ActorCallError>
        do throws(RuntimeError) {
            result = try await instance.perform(turn, on: environment.executor).mapError { .body($0) }
        } catch {
            guard error.exitReason == nil else { throw error }
            result = .failure(.world(error))
        }
        return { self.answer.resolve(result) }
    }

    func fail(_ error: MessagingError) {
        answer.resolve(.failure(.messaging(error)))
    }
}
