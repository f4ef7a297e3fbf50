namespace ClariBI.Sandbox.Numbers.Tests.HoldOut;

/// <summary>
/// A hospital's booking app, small enough to count on one's fingers: Ana (two devices), Bo (only a user id), a kiosk (only a device) and
/// Cy (older than the export), in Madrid, where it is an hour later than written here.
/// </summary>
internal static class Clinic
{
    private const string Lines = """
        {"event_type":"Confirm Visit","event_time":"2026-11-17 10:00:00.000000","user_id":"bo","session_id":2003,"event_properties":{"price":40.5}}
        {"event_type":"Open Booking","event_time":"2026-11-09 08:00:00.000000","user_id":"ana","device_id":"phone","amplitude_id":1,"session_id":1001,"event_properties":{"ward":"Cardiology"}}
        {"event_type":"Confirm Visit","event_time":"2026-11-09 08:15:00.000000","user_id":"ana","device_id":"phone","amplitude_id":1,"session_id":1001,"event_properties":{"price":80}}
        {"event_type":"Choose Doctor","event_time":"2026-11-09 08:05:00.000000","user_id":null,"device_id":"phone","amplitude_id":1,"session_id":1001,"event_properties":{"doctor":"Dr. Núñez"}}
        {"event_type":"Open Booking","event_time":"2026-11-09 23:30:00.000000","user_id":"bo","session_id":2001,"event_properties":{"ward":"Dermatology"}}
        {"event_type":"Choose Doctor","event_time":"2026-11-10 10:00:00.000000","user_id":"bo","session_id":2002,"event_properties":{"doctor":"Dr. Okafor"}}
        {"event_type":"Open Booking","event_time":"2026-11-10 09:00:00.000000","device_id":"kiosk-7","session_id":-1,"event_properties":{}}
        {"event_type":"Choose Doctor","event_time":"2026-11-11 12:02:00.000000","user_id":"cy","amplitude_id":3,"session_id":3001,"user_creation_time":"2025-01-01 00:00:00.000000","event_properties":{"doctor":"Dr. Núñez"}}
        {"event_type":"Confirm Visit","event_time":"2026-11-11 12:01:00.000000","user_id":"cy","amplitude_id":3,"session_id":3001,"user_creation_time":"2025-01-01 00:00:00.000000","event_properties":{"price":120}}
        {"event_type":"Open Booking","event_time":"2026-11-11 12:00:00.000000","user_id":"cy","amplitude_id":3,"session_id":3001,"user_creation_time":"2025-01-01 00:00:00.000000","event_properties":{"ward":"Cardiology"}}
        {"event_type":"Open Booking","event_time":"2026-11-16 08:00:00.000000","user_id":"ana","device_id":"tablet","amplitude_id":1,"session_id":1002,"event_properties":{"ward":"Dermatology"}}
        {"event_type":"Cancel Visit","event_time":"2026-11-16 08:01:00.000000","user_id":"ana","device_id":"tablet","amplitude_id":1,"session_id":1002,"event_properties":{}}
        {"event_type":"Open Booking","event_time":"2026-11-18 14:00:00.000000","user_id":"cy","amplitude_id":3,"session_id":3002,"event_properties":{"ward":"Cardiology"}}
        {"event_type":"Confirm Visit","event_time":"2026-11-18 14:00:00.000000","user_id":"cy","amplitude_id":3,"session_id":3002,"event_properties":{"price":60}}
        """;

    private const string Organisation = """
        { "user": { "name": "Ines", "email": "ines@clinic.example" },
          "organisations": [{ "id": "clinic", "name": "Clinic", "projects": [{ "id": "910001", "name": "Booking", "timeZone": "Europe/Madrid", "currency": "EUR" }] }] }
        """;

    public static void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "910001.jsonl"), Lines + "\n");
        File.WriteAllText(Path.Combine(folder, "org.json"), Organisation);
    }
}
