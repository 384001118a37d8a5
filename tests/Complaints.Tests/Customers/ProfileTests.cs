using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Customers;

public sealed class ProfileTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_better_tier_tightens_open_deadlines_and_needs_a_reason(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await IdAsync(house, "王芳");
        await jun.PostAsync(
            "/complaints/new",
            new()
            {
                ["Who"] = "王芳",
                ["CustomerId"] = Text(id),
                ["Channel"] = "Phone",
                ["WhatHappened"] = "坏了",
            },
            "/complaints/new"
        );
        Task<DateTime> DueAsync() =>
            house.WithAsync(db => db.Set<DeadlineClock>().Where(c => c.Name == ClockName.Acknowledge).Select(c => c.DueAt).SingleAsync());
        var before = await DueAsync();
        var version = await house.WithAsync(db => db.Customers.Where(c => c.Id == id).Select(c => c.Version).SingleAsync());
        var change = new Dictionary<string, string?> { ["tier"] = "Gold", ["version"] = Text(version) };
        var page = await jun.PostAsync($"/customers/{id}/tier", change, $"/customers/{id}");
        Assert.Contains("Say why the tier changes.", page, StringComparison.Ordinal);
        Assert.Equal(before, await DueAsync());
        change["reason"] = "Bought the whole floor";
        page = await jun.PostAsync($"/customers/{id}/tier", change, $"/customers/{id}");
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        Assert.Contains("Bought the whole floor", page, StringComparison.Ordinal);
        Assert.True(await DueAsync() < before);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_second_of_two_editors_is_told_and_keeps_what_was_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await IdAsync(house, "Grace Okafor");
        var form = new Dictionary<string, string?>
        {
            ["Version"] = "0",
            ["Name"] = "Grace Okafor",
            ["Notes"] = "first",
            ["Language"] = "en",
        };
        await jun.PostAsync($"/customers/{id}", form, $"/customers/{id}");
        form["Notes"] = "second";
        var page = await jun.PostAsync($"/customers/{id}", form, $"/customers/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains(">second</textarea>", page, StringComparison.Ordinal);
        Assert.Equal("first", await house.WithAsync(db => db.Customers.Where(c => c.Id == id).Select(c => c.Notes).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Contact_points_come_and_go_and_who_looked_is_noted_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await IdAsync(house, "No Mail Norris");
        await jun.PostAsync($"/customers/{id}/contact-points", new() { ["value"] = "norris@" }, $"/customers/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        var page = await jun.PostAsync(
            $"/customers/{id}/contact-points",
            new() { ["value"] = "norris@customer.example" },
            $"/customers/{id}"
        );
        Assert.Contains("norris@customer.example", page, StringComparison.Ordinal);
        var point = await house.WithAsync(db =>
            db.ContactPoints.Where(p => p.CustomerId == id && p.Kind == ContactKind.Mail).Select(p => p.Id).SingleAsync()
        );
        await jun.PostAsync($"/customers/{id}/contact-points/{point}/removal", [], $"/customers/{id}");
        Assert.Equal(1, await house.WithAsync(db => db.ContactPoints.CountAsync(p => p.CustomerId == id)));
        Assert.Equal(1, await house.WithAsync(db => db.AccessLog.CountAsync(a => a.CustomerId == id && a.ComplaintId == null)));
    }

    [Theory, OnSqlite]
    public async Task An_auditor_reads_and_changes_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var otto = await house.SignInAsync("Otto");
        var id = await IdAsync(house, "Grace Okafor");
        Assert.DoesNotContain("Change the profile", await otto.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, otto.Status);
        await otto.PostAsync($"/customers/{id}", new() { ["Name"] = "X", ["Version"] = "0" }, $"/customers/{id}");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        await otto.GetAsync("/customers/999999");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
    }

    private static Task<long> IdAsync(TestHouse house, string name) =>
        house.WithAsync(db => db.Customers.Where(c => c.Name == name).Select(c => c.Id).SingleAsync());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
