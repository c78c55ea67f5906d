/// A value that is mostly not there: nil takes the room of a reference, and only a value takes its own. For the parts of an
/// actor that most of a million actors do not have at a moment.
@propertyWrapper struct Rare<Value: Sendable>: Sendable {
    private var box: Shared<Value>?

    init(wrappedValue: Value?) { box = wrappedValue.map(Shared.init) }

    var wrappedValue: Value? {
        get { box?.value }
        set { box = newValue.map(Shared.init) }
    }
}

/// A value that many hold and nobody changes.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
