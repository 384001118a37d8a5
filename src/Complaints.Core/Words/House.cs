using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Words;

/// <summary>What the house is called and where it can be reached: for mails and links, never taken from a request.</summary>
/// <param name="db">Settings of the organisation.</param>
/// <param name="publicUrl">Address customers and staff reach the pages at, without a slash at the end.</param>
/// <param name="links">Signs customers' links.</param>
public sealed class House(ComplaintsDb db, PublicUrl publicUrl, SignedLinks links)
{
    /// <summary>Setting that holds the organisation's name.</summary>
    public const string NameSetting = "organisation.name";

    /// <summary>Setting that holds the organisation's Chinese name.</summary>
    public const string NameZhSetting = "organisation.nameZh";

    /// <summary>Setting that holds the organisation's IANA zone, for references and reports.</summary>
    public const string ZoneSetting = "organisation.zone";

    /// <summary>Setting that holds the currency new amounts start with.</summary>
    public const string CurrencySetting = "organisation.currency";

    /// <summary>Setting that holds the address on the house's letters.</summary>
    public const string AddressSetting = "organisation.address";

    /// <summary>Domain of Message-IDs.</summary>
    public string MailDomain =>
        publicUrl.Address.Host is { Length: > 0 } host && host.Contains('.', StringComparison.Ordinal) ? host : "complaints.local";

    /// <summary>The organisation's name in that language.</summary>
    public async Task<string> NameAsync(string language, CancellationToken cancel = default) =>
        (language == Tongue.Chinese ? await SettingAsync(NameZhSetting, cancel) : null)
        ?? await SettingAsync(NameSetting, cancel)
        ?? Tongue.Say(language, "Complaints desk");

    /// <summary>The organisation's zone; UTC until set.</summary>
    public async Task<TimeZoneInfo> ZoneAsync(CancellationToken cancel = default) =>
        await SettingAsync(ZoneSetting, cancel) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    /// <summary>The currency new amounts start with.</summary>
    public async Task<string> CurrencyAsync(CancellationToken cancel = default) => await SettingAsync(CurrencySetting, cancel) ?? "GBP";

    /// <summary>Address at the head of letters, several lines; null until set.</summary>
    public Task<string?> AddressAsync(CancellationToken cancel = default) => SettingAsync(AddressSetting, cancel);

    /// <summary>The customer's status page of a complaint; good for 180 days.</summary>
    public string StatusLink(long complaintId, DateTime now) =>
        $"{publicUrl}/c/{links.Make(LinkPurpose.Status, complaintId, now.AddDays(180))}";

    /// <summary>The survey of a follow-up.</summary>
    public string SurveyLink(long followUpId, DateTime expiresAt) =>
        $"{publicUrl}/s/{links.Make(LinkPurpose.Survey, followUpId, expiresAt)}";

    /// <summary>Where a customer stops being asked; honoured for as long as the customer is known, whatever its date says.</summary>
    public string UnsubscribeLink(long customerId, DateTime now) =>
        $"{publicUrl}/u/{links.Make(LinkPurpose.Unsubscribe, customerId, now.AddYears(1))}";

    /// <summary>Where the owner of a mail address says that it is theirs; good for 14 days.</summary>
    public string AddressCheckLink(long contactPointId, DateTime now) =>
        $"{publicUrl}/v/{links.Make(LinkPurpose.AddressCheck, contactPointId, now.AddDays(14))}";

    /// <summary>The complaint's page for staff.</summary>
    public string StaffLink(string reference) => $"{publicUrl}/complaints/{reference}";

    /// <summary>Another page for staff, without a slash at its start.</summary>
    public string StaffPage(string path) => $"{publicUrl}/{path}";

    private async Task<string?> SettingAsync(string name, CancellationToken cancel) =>
        await db.SettingAsync(name, cancel) is { Length: > 0 } value ? value : null;
}

/// <summary>The address of the pages as people outside reach them: setting <c>PublicUrl</c>, never a request's Host.</summary>
/// <param name="Address">Absolute http or https address.</param>
public sealed record PublicUrl(Uri Address)
{
    /// <summary>Without a slash at the end.</summary>
    public override string ToString() => Address.ToString().TrimEnd('/');
}
