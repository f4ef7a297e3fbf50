using System.Globalization;
using static ClariBI.Sandbox.Data.Generation.Marketplace.MarketVocabulary;

namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>Lives one user's 90 days: browsing, buying, what follows an order, and selling.</summary>
internal sealed class ShopperHistory(MarketCalendar calendar, Shopper shopper, SplitMix random, MarketLines lines)
{
    private readonly List<(int Day, MarketEvent Kind, string Properties)> due = [];
    private SplitMix random = random;
    private bool signedUp = shopper.CreatedDay < 0;
    private bool sells = shopper.IsSeller && shopper.CreatedDay < 0;
    private bool sawCheckout;
    private bool sawCarousel;
    private int orders = shopper.CreatedDay < 0 ? Math.Abs(shopper.CreatedDay) / 120 : 0;
    private int device;
    private int day;
    private DateTime clock;
    private long session;
    private TimeSpan delay;

    public void Live()
    {
        for (day = Math.Max(0, shopper.CreatedDay); day < SampleCalendar.Days; day++)
        {
            FollowUp();
            if (day == shopper.CreatedDay || random.Chance(ChanceOfVisit()))
            {
                for (var visits = 1 + random.Pick([0.72, 0.21, 0.07]); visits > 0; visits--)
                {
                    Visit();
                }
            }
        }
    }

    private double ChanceOfVisit()
    {
        var habit = (shopper.IsAnonymous ? 0.03 : sells ? 0.22 : 0.152) * Math.Pow(day - shopper.CreatedDay + 1, shopper.CreatedDay < 0 ? -0.2 : -0.3);
        return Math.Min(0.95, 1.2 * habit * ChannelLoyalty[shopper.Channel] * (shopper.IsMember ? 1.3 : 1) * shopper.Eagerness * calendar.Season(day));
    }

    private void Visit()
    {
        var hour = random.Chance(0.3) ? 10 + random.Below(5) : 16 + random.Pick([0.7, 0.9, 1, 1.3, 1.5, 1.3, 0.8, 0.4]);
        clock = calendar.Days.At(day, hour).AddSeconds(random.Below(3600));
        session = new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds();
        device = shopper.Devices.Length > 1 && random.Chance(0.25) ? 1 : 0;
        delay = !shopper.IsAnonymous && shopper.Devices[device] < 4 && random.Chance(0.03) ? TimeSpan.FromMinutes(random.Between(15, 1500)) : TimeSpan.Zero;
        Write(MarketEvent.OpenApp, $$"""{"opened_from":"{{(random.Chance(0.7) ? "icon" : random.Chance(0.5) ? "push" : "link")}}"}""");
        if (!signedUp && !shopper.IsAnonymous && random.Chance(0.6))
        {
            signedUp = true;
            Write(MarketEvent.SignUp, $$"""{"method":"{{(random.Chance(0.5) ? "email" : random.Chance(0.6) ? "google" : "apple")}}","accepts_marketing":{{Flag(0.45)}}}""");
        }
        else if (signedUp && random.Chance(0.12))
        {
            Write(MarketEvent.SignIn, """{"method":"email"}""");
        }

        if (sells && random.Chance(0.55))
        {
            Sell();
        }
        else
        {
            Browse();
        }
    }

    private void Browse()
    {
        if (!sawCarousel && MarketExperiments.Carousel.RunsOn(day))
        {
            sawCarousel = true;
            Write(MarketEvent.Exposure, MarketExperiments.Carousel.Exposure(MarketExperiments.Carousel.VariantOf(shopper.Number)));
        }

        var category = random.Chance(0.5) ? shopper.Favourite : random.Pick(CategoryShares);
        if (random.Chance(0.62))
        {
            var filters = random.Chance(0.3) ? $",\"filters\":[{Tag()},{Tag()}]" : "";
            Write(MarketEvent.SearchItems, $$"""{"results":{{(random.Chance(0.06) ? 0 : random.Between(1, 900))}},"sort":"{{One(SortOrders)}}"{{filters}}}""");
        }
        else
        {
            Write(MarketEvent.ViewCategory, $$"""{"category":"{{Categories[category]}}"}""");
        }

        var cart = new List<Item>();
        for (var items = 1 + random.Pick([0.25, 0.22, 0.2, 0.15, 0.1, 0.08]); items > 0; items--)
        {
            Look(category, cart);
        }

        if (cart.Count > 0 && signedUp && random.Chance(0.42))
        {
            CheckOut(cart);
        }
        else if (signedUp && shopper.IsSeller && !sells && random.Chance(0.3))
        {
            sells = true;
            Write(MarketEvent.BecomeSeller, $$"""{"shop_name":"{{Categories[category]}} by №{{shopper.Number % 97}}"}""");
        }
    }

    private void Look(int category, List<Item> cart)
    {
        var cents = (int)(100 * TypicalPrices[category] * Math.Exp((0.5 * random.Normal()) - 0.1));
        var item = new Item(category, Math.Max(150, cents), random.Chance(0.15) ? "[]" : random.Chance(0.5) ? $"[{Tag()}]" : $"[{Tag()},\"{Tags[random.Below(4)]}\"]");
        Write(MarketEvent.ViewItem, $$"""{{{item.Json}},"source":"{{One(Sources)}}","photos":{{random.Between(1, 10)}}}""");
        if (signedUp && random.Chance(0.14))
        {
            Write(MarketEvent.SaveItem, $$"""{{{item.Json}}}""");
        }

        if (random.Chance(0.16))
        {
            Write(MarketEvent.AddToCart, $$"""{{{item.Json}},"quantity":{{1 + random.Pick([0.85, 0.1, 0.05])}}}""");
            cart.Add(item);
            if (random.Chance(0.15))
            {
                Write(MarketEvent.RemoveFromCart, $$"""{{{item.Json}}}""");
                cart.RemoveAt(cart.Count - 1);
            }
        }

        if (signedUp)
        {
            Socialise(item);
        }
    }

    private void Socialise(Item item)
    {
        switch (random.Pick([0.01, 0.012, 0.012, 0.966]))
        {
            case 0:
                Write(MarketEvent.FollowSeller, $$"""{"category":"{{Categories[item.Category]}}"}""");
                break;
            case 1:
                Write(MarketEvent.MessageSeller, $$"""{"length":{{random.Between(10, 300)}},"about_order":{{Flag(0.3)}}}""");
                break;
            case 2:
                Write(MarketEvent.ShareItem, $$"""{{{item.Json}},"share_target":"{{One(ShareTargets)}}"}""");
                break;
        }
    }

    private void CheckOut(List<Item> cart)
    {
        var total = cart.Sum(item => item.Cents);
        if (!sawCheckout && MarketExperiments.Checkout.RunsOn(day))
        {
            sawCheckout = true;
            Write(MarketEvent.Exposure, MarketExperiments.Checkout.Exposure(MarketExperiments.Checkout.VariantOf(shopper.Number)));
        }

        Write(MarketEvent.StartCheckout, $$"""{"cart_value":{{Money(total)}},"item_count":{{cart.Count}}}""");
        var coupon = random.Chance(0.16) ? One(Coupons) : null;
        if (coupon is not null)
        {
            Write(MarketEvent.ApplyCoupon, $$"""{"coupon":"{{coupon}}","accepted":{{Flag(0.8)}}}""");
        }

        if (orders == 0 || random.Chance(0.1))
        {
            Write(MarketEvent.AddPayment, $$"""{"payment_method":"{{Payments[random.Pick(PaymentShares)]}}"}""");
        }

        var helps = sawCheckout && MarketExperiments.Checkout.VariantOf(shopper.Number) == MarketExperiments.OnePage;
        if (random.Chance(day == MarketCalendar.PaymentOutageDay ? 0.18 : helps ? 0.71 : 0.62))
        {
            Order(cart, total, coupon);
        }
    }

    private void Order(List<Item> cart, int total, string? coupon)
    {
        var tags = string.Join(',', cart.SelectMany(item => item.Tags[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct());
        var order = $"o{shopper.Number:x}-{orders}";
        orders++;
        Write(MarketEvent.PlaceOrder, $$"""{"order_id":"{{order}}","category":"{{Categories[cart[0].Category]}}","item_count":{{cart.Count}},"item_tags":[{{tags}}],"$revenue":{{Money(total)}},"shipping":{{Money(random.Chance(0.35) ? 0 : random.Between(250, 1200))}},"currency":"USD","payment_method":"{{Payments[random.Pick(PaymentShares)]}}","is_gift":{{Flag(0.18)}},"coupon":{{(coupon is null ? "null" : $"\"{coupon}\"")}}}""");
        if (random.Chance(0.03))
        {
            Due(random.Between(0, 1), MarketEvent.CancelOrder, $$"""{"order_id":"{{order}}","reason":"{{One(CancelReasons)}}"}""");
            Due(2, MarketEvent.RefundIssued, $$"""{"order_id":"{{order}}","refund_amount":{{Money(total)}}}""");
            return;
        }

        var delivery = random.Between(2, 11);
        Due(delivery, MarketEvent.OrderDelivered, $$"""{"order_id":"{{order}}","days_in_transit":{{delivery - 1}}}""");
        if (random.Chance(0.34))
        {
            Due(delivery + random.Between(0, 6), MarketEvent.WriteReview, $$"""{"rating":{{1 + random.Pick([0.04, 0.04, 0.08, 0.24, 0.6])}},"with_photo":{{Flag(0.2)}},"length":{{random.Between(0, 600)}}}""");
        }

        if (random.Chance(0.025))
        {
            Due(delivery + random.Between(0, 4), MarketEvent.OpenDispute, $$"""{"order_id":"{{order}}","reason":"{{One(DisputeReasons)}}"}""");
            Due(delivery + random.Between(5, 12), MarketEvent.ResolveDispute, $$"""{"order_id":"{{order}}","in_favor_of":"{{(random.Chance(0.7) ? "buyer" : "seller")}}"}""");
        }
    }

    private void Sell()
    {
        Write(MarketEvent.ViewSellerDashboard, $$"""{"open_orders":{{random.Below(9)}},"unread_messages":{{random.Below(5)}}}""");
        if (random.Chance(0.4))
        {
            var category = random.Chance(0.8) ? shopper.Favourite : random.Pick(CategoryShares);
            var item = new Item(category, (int)(100 * TypicalPrices[category] * Math.Exp(0.5 * random.Normal())), $"[{Tag()},\"handmade\"]");
            Write(random.Chance(0.55) ? MarketEvent.CreateListing : MarketEvent.EditListing, $$"""{{{item.Json}},"photos":{{random.Between(1, 10)}},"is_digital":{{Flag(0.1)}}}""");
        }

        if (random.Chance(0.06))
        {
            Write(MarketEvent.PromoteListing, $$"""{"budget":{{random.Between(1, 10)}},"promoted_days":{{random.Between(1, 14)}}}""");
        }

        if (random.Chance(0.25))
        {
            Write(MarketEvent.AnswerQuestion, $$"""{"minutes_to_answer":{{random.Between(2, 2800)}}}""");
        }

        for (var parcels = random.Pick([0.55, 0.3, 0.1, 0.05]); parcels > 0; parcels--)
        {
            Write(MarketEvent.ShipOrder, $$"""{"carrier_name":"{{(random.Chance(0.6) ? "USPS" : "UPS")}}","weight_oz":{{random.Between(2, 180)}},"is_international":{{Flag(0.12)}}}""");
            var earned = (int)(TypicalPrices[shopper.Favourite] * Math.Exp(0.5 * random.Normal()) * 100);
            Due(random.Between(3, 7), MarketEvent.ReceivePayout, $$"""{"payout_amount":{{Money(earned)}},"fee":{{Money(earned * 7 / 100)}},"currency":"USD"}""");
        }
    }

    private void Due(int days, MarketEvent kind, string properties) => due.Add((day + days, kind, properties));

    /// <summary>What happens to orders and payouts without anyone opening the app.</summary>
    private void FollowUp()
    {
        foreach (var (_, kind, properties) in due.Where(item => item.Day == day).ToArray())
        {
            (clock, session, device, delay) = (calendar.Days.At(day, 9 + random.Below(10)).AddSeconds(random.Below(3600)), -1, 0, TimeSpan.Zero);
            Write(kind, properties);
        }
    }

    private void Write(MarketEvent kind, string properties)
    {
        clock = clock.AddMilliseconds(random.Between(3_000, 80_000));
        lines.Add(clock, session, shopper, (device, signedUp, sells, orders), kind, properties, delay);
    }

    private string Tag() => $"\"{Tags[random.Below(Tags.Length)]}\"";

    private string One(string[] values) => values[random.Below(values.Length)];

    private string Flag(double chance) => random.Chance(chance) ? "true" : "false";

    private static string Money(int cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:0.00}");

    private sealed record Item(int Category, int Cents, string Tags)
    {
        public string Json => $"\"category\":\"{Categories[Category]}\",\"price\":{Money(Cents)},\"tags\":{Tags}";
    }
}
