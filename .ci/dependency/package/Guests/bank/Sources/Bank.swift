/// An actor that keeps accounts.
struct Bank: BankGuest {
    typealias Account = CustomerAccount

    mutating func makeAccount(customer: String) -> CustomerAccount { CustomerAccount(of: customer) }
    mutating func open() -> UInt32 { CustomerAccount.open }
    mutating func rob() { fatalError("this is a robbery") }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        Array("\(CustomerAccount.open) accounts are open".utf8)
    }
}

typealias Guest = Bank

final class CustomerAccount: Accounts.AccountGuest {
    // One call runs at a time, on one thread.
    nonisolated(unsafe) static var open: UInt32 = 0

    private let customer: String
    private var cents: UInt64 = 0

    init(of customer: String) {
        self.customer = customer
        Self.open += 1
    }

    deinit { Self.open -= 1 }

    func book(entry: Entry) throws(BankError) -> UInt64 {
        switch entry {
        case .deposit(let amount):
            cents += amount
        case .withdrawal(let withdrawal):
            guard withdrawal.cents <= cents else { throw .overdrawn(withdrawal.cents - cents) }
            cents -= withdrawal.cents
        }
        return cents
    }

    func balance(currency: String) throws(BankError) -> Balance {
        let rate = try Rates.rate(currency: currency)
        return Balance(
            bank: Messaging.selfID(),
            customer: customer,
            amount: cents * 100 / UInt64(rate),
            currency: currency
        )
    }
}
