namespace ClariBI.Sandbox.Data.Generation.Marketplace;

internal enum MarketEvent
{
    OpenApp, SignUp, SignIn, SearchItems, ViewCategory, ViewItem, SaveItem, FollowSeller, MessageSeller, AddToCart, RemoveFromCart, ApplyCoupon, StartCheckout, AddPayment, PlaceOrder, CancelOrder, OrderDelivered,
    WriteReview, OpenDispute, ResolveDispute, RefundIssued, ShareItem, BecomeSeller, CreateListing, EditListing, PromoteListing, ViewSellerDashboard, AnswerQuestion, ShipOrder, ReceivePayout, Exposure,
}

/// <summary>Names and shares of the sample marketplace: handmade and vintage things.</summary>
internal static class MarketVocabulary
{
    public static readonly string[] EventNames =
    [
        "Open App", "Sign Up", "Sign In", "Search Items", "View Category", "View Item", "Save Item", "Follow Seller", "Message Seller", "Add to Cart", "Remove from Cart", "Apply Coupon", "Start Checkout",
        "Add Payment Method", "Place Order", "Cancel Order", "Order Delivered", "Write Review", "Open Dispute", "Resolve Dispute", "Refund Issued", "Share Item", "Become Seller", "Create Listing", "Edit Listing",
        "Promote Listing", "View Seller Dashboard", "Answer Question", "Ship Order", "Receive Payout", "$exposure",
    ];

    public static readonly string[] Categories = ["jewelry", "home & living", "art", "clothing", "toys", "vintage", "craft supplies", "paper & party"];
    public static readonly double[] CategoryShares = [0.2, 0.2, 0.13, 0.16, 0.08, 0.09, 0.09, 0.05];
    public static readonly int[] TypicalPrices = [38, 46, 72, 34, 27, 58, 14, 11];

    public static readonly string[] Tags = ["handmade", "gift", "boho", "minimalist", "wedding", "kids", "eco", "café décor", "one of a kind", "\\\"mid-century\\\"", "🎃 halloween", "personalized"];

    public static readonly (string Region, string City, string Dma, int Weight)[] UsPlaces =
    [
        ("California", "Los Angeles", "Los Angeles, CA", 16), ("California", "San José", "San Francisco-Oakland-San Jose, CA", 8), ("Oregon", "Portland", "Portland, OR", 7), ("Washington", "Seattle", "Seattle-Tacoma, WA", 8),
        ("Texas", "Austin", "Austin, TX", 9), ("New York", "New York", "New York, NY", 14), ("Illinois", "Chicago", "Chicago, IL", 7), ("Colorado", "Denver", "Denver, CO", 5), ("Minnesota", "St. Paul", "Minneapolis-St. Paul, MN", 4),
    ];

    public static readonly (string Country, string Language, string Region, string City, int Weight)[] OtherPlaces =
        [("Canada", "English", "Ontario", "Toronto", 9), ("Canada", "French", "Québec", "Montréal", 4), ("Mexico", "Spanish", "Jalisco", "Guadalajara", 5), ("United Kingdom", "English", "England", "Leeds", 4)];

    public static readonly (string Platform, string Device, string Os, string OsVersion, string? Carrier)[] Devices =
    [
        ("iOS", "Apple iPhone", "ios", "26.1", "Verizon"), ("iOS", "Apple iPhone", "ios", "18.7", "T-Mobile"), ("Android", "Samsung Galaxy", "android", "16", "AT&T"), ("Android", "Google Pixel", "android", "16", "T-Mobile"),
        ("Web", "Mac", "Safari", "26", null), ("Web", "Windows", "Chrome", "141", null),
    ];

    public static readonly double[] DeviceShares = [0.3, 0.12, 0.17, 0.08, 0.15, 0.18];

    public static readonly string[] Channels = ["organic", "social", "paid_search", "email", "affiliate"];
    public static readonly double[] ChannelShares = [0.4, 0.24, 0.18, 0.1, 0.08];
    public static readonly double[] ChannelLoyalty = [1.1, 0.75, 0.95, 1.3, 0.85];

    public static readonly string[] Payments = ["card", "paypal", "apple_pay", "gift_card"];
    public static readonly double[] PaymentShares = [0.5, 0.25, 0.2, 0.05];
    public static readonly string[] Sources = ["search", "category", "recommendation", "saved items"];
    public static readonly string[] SortOrders = ["relevance", "price", "newest"];
    public static readonly string[] Coupons = ["WELCOME10", "FALL-SALE", "O'SHIP"];
    public static readonly string[] DisputeReasons = ["not as described", "never arrived", "damaged"];
    public static readonly string[] CancelReasons = ["changed my mind", "found it cheaper", "wrong address"];
    public static readonly string[] ShareTargets = ["pinterest", "instagram", "message"];
}
