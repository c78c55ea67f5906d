/// A component that greets, and counts whom it greeted.
struct Greeter: NewGuestGuest {
    var count = 0

    /// Answers a call of the world's interface.
    mutating func greet(name: String) -> String {
        count += 1
        return "Hello, \(name)! You are number \(count)."
    }
}

typealias Guest = Greeter
