/// A resource of others: a struct that owns a handle, and drops it where it ends.
///
/// What is underscored is for generated code: no name in WIT looks like that.
protocol ImportedResource: ~Copyable {
    /// What stands for the resource outside.
    var _handle: Int32 { get }

    /// Gives the handle away: it is not dropped.
    consuming func _take() -> Int32
}

/// A copyable owner of a resource that cannot be copied itself, for places where Swift takes nothing else: in a list, a
/// record, a tuple, a variant or a map.
///
/// All copies of a box own one resource, which is dropped with the last of them or goes where it is taken to.
///
/// It is sendable for what holds it to be: a component runs one call at a time, on one thread.
final class ResourceBox<Resource: ~Copyable>: @unchecked Sendable {
    private var resource: Resource?

    /// Puts a resource into a box.
    init(_ resource: consuming Resource) { self.resource = consume resource }

    /// Takes the resource out. Ends the guest where it was taken before.
    func take() -> Resource {
        guard let taken = resource.take() else { preconditionFailure("the resource was taken out of its box before") }
        return taken
    }

    /// Calls a function with the resource. Ends the guest where it was taken before.
    func withBorrowed<Result: ~Copyable, Failure: Error>(
        _ body: (borrowing Resource) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch resource {
        case .some(let resource): return try body(resource)
        case .none: preconditionFailure("the resource was taken out of its box before")
        }
    }
}

extension ResourceBox where Resource: ImportedResource & ~Copyable {
    /// What stands for the resource outside.
    var _handle: Int32 { withBorrowed { $0._handle } }

    /// Gives the handle away, as it does when the box is an argument.
    func _take() -> Int32 { take()._take() }
}
