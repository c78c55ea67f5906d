/// An actor with a world of its own: what it sells it keeps in memory, and what some of it costs it asks its host.
///
/// As messages it knows `count`, answered with how many items it has, and `stock N`, answered with what `available`
/// answers.
struct Shop: ShopGuest {
    typealias Basket = ShopBasket

    private var lastMessage: Payload?
    private var till: ResourceBox<Pricing.Till>?

    mutating func add(item: Item) { Shelf.items[item.id] = item }

    mutating func lookup(id: UInt32) throws(ShopError) -> Item { try Shelf.item(id) }

    mutating func items() -> [Item] { Shelf.items.values.sorted { $0.id < $1.id } }

    mutating func price(id: UInt32, currency: String) throws(ShopError) -> Money {
        try Shelf.price(id, currency)
    }

    mutating func available(id: UInt32) -> UInt32 { Pricing.stock(item: id) }

    mutating func makeBasket(customer: String) -> ShopBasket { ShopBasket(of: customer) }

    mutating func checkOut(basket: ShopBasket, currency: String) throws(ShopError) -> UInt32 {
        let amount = try basket.total(currency: currency).amount
        let till = self.till ?? ResourceBox(Pricing.makeTill())
        self.till = till
        return try till.withBorrowed { (till) throws(ShopError) in try till.ring(amount: amount) }
    }

    mutating func openBaskets() -> UInt32 { ShopBasket.open }

    mutating func owner() -> (ActorID, Payload?) { (Messaging.selfID(), lastMessage) }

    mutating func greet(customer: String, language: String) -> String {
        do throws(ComponentFailure<String>) {
            return "\(customer), \(try ShopWorld.greeter(language: language)) greets you"
        } catch {
            return "\(customer), nobody greets you: \(error.payload)"
        }
    }

    mutating func compare(other: ActorID) -> String {
        do throws(MessagingError) {
            let answer = try Messaging.request(
                target: other,
                payload: Array("count".utf8),
                contentType: nil,
                timeout: 3_600_000_000_000
            )
            return String(decoding: answer, as: UTF8.self)
        } catch {
            switch error {
            case .timeout: return "timeout"
            default: return "no answer"
            }
        }
    }

    mutating func burn() { fatalError("told to burn") }

    mutating func spin() {
        while lastMessage != [0] { Shelf.items[0] = nil }
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        lastMessage = message.payload
        let text = String(decoding: message.payload, as: UTF8.self)
        if text == "count" { return Array(String(Shelf.items.count).utf8) }
        if text.utf8.starts(with: "stock ".utf8), let id = UInt32(String(text.utf8.dropFirst(6)) ?? "") {
            return Array(String(available(id: id)).utf8)
        }
        throw .invalidMessage("count and stock are known")
    }
}

typealias Guest = Shop

/// What is for sale, for the shop and for the baskets.
enum Shelf {
    // One call runs at a time, on one thread.
    nonisolated(unsafe) static var items: [UInt32: Item] = [:]

    static func item(_ id: UInt32) throws(ShopError) -> Item {
        guard let item = items[id] else { throw .unknownItem(id) }
        return item
    }

    static func price(_ id: UInt32, _ currency: String) throws(ShopError) -> Money {
        switch try item(id).price {
        case .free: return Money(amount: 0, currency: currency)
        case .fixed(let money): return money
        case .quoted(let number): return try Pricing.quote(item: number, currency: currency)
        }
    }
}

/// What a customer is about to buy.
final class ShopBasket: Catalog.BasketGuest {
    // One call runs at a time, on one thread.
    nonisolated(unsafe) static var open: UInt32 = 0

    private let name: String
    private var contents: [UInt32] = []

    init(of customer: String) {
        name = customer
        Self.open += 1
    }

    deinit { Self.open -= 1 }

    func customer() -> String { name }

    func put(id: UInt32) throws(ShopError) -> UInt32 {
        contents.append(try Shelf.item(id).id)
        return UInt32(contents.count)
    }

    func total(currency: String) throws(ShopError) -> Money {
        var sum: UInt32 = 0
        for id in contents { sum += try Shelf.price(id, currency).amount }
        return Money(amount: sum, currency: currency)
    }
}
