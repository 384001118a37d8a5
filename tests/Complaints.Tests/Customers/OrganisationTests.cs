using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Customers;

/// <summary>An organisation complains by somebody who speaks for it.</summary>
public sealed class OrganisationTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_of_an_organisation_is_answered_to_the_person_who_spoke_for_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.MeetAsync("Brightwater Ltd");
        using var jun = await house.SignInAsync("Jun");
        await house.WithAsync(db =>
            db.Customers.Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Kind, CustomerKind.Business))
        );
        await jun.PostProfileAsync(id, "/people", new() { ["PersonName"] = "Joel", ["PersonPoint"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        var page = await jun.PostProfileAsync(id, "/people", new() { ["PersonName"] = "Joel", ["PersonPoint"] = "joel@bright.example" });
        Assert.Contains("joel@bright.example", page, StringComparison.Ordinal);
        var joel = await house.CustomerAsync("Joel");
        Assert.Contains("Brightwater Ltd", await jun.GetAsync($"/complaints/new/customer?customerId={joel}"), StringComparison.Ordinal);
        page = await jun.PostAsync(
            "/complaints/new",
            new()
            {
                ["Who"] = "Joel",
                ["CustomerId"] = People.Text(joel),
                ["ForOrganisation"] = "true",
                ["Channel"] = "Phone",
                ["WhatHappened"] = "The hall was double booked",
            },
            "/complaints/new"
        );
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        Assert.Contains("Said by", page, StringComparison.Ordinal);
        await house.WithAsync(async db =>
        {
            var complaint = await db.Complaints.SingleAsync();
            Assert.Equal(
                (id, (long?)joel, "joel@bright.example"),
                (complaint.CustomerId, complaint.ContactPersonId, complaint.ContactMail)
            );
            var receipt = await db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.Purpose == MailPurpose.Receipt);
            Assert.Equal("joel@bright.example", receipt.Deliveries[0].Recipient);
            Assert.Contains("Hello Joel", receipt.Text, StringComparison.Ordinal);
        });
        Assert.Contains("Said by Joel", await jun.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("double booked", await jun.GetAsync($"/customers/{joel}"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_speaks_for_two_organisations_nor_for_somebody_who_speaks_for_another(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.MeetAsync("One Ltd"), await house.MeetAsync("Other Ltd"));
        using var jun = await house.SignInAsync("Jun");
        var joel = new Dictionary<string, string?> { ["PersonName"] = "Joel", ["PersonPoint"] = "joel@bright.example" };
        await jun.PostProfileAsync(one, "/people", joel);
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        await jun.PostProfileAsync(other, "/people", joel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        var id = await house.CustomerAsync("Joel");
        await jun.PostProfileAsync(id, "/people", new() { ["PersonName"] = "Ann", ["PersonPoint"] = "ann@bright.example" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        await jun.PostProfileAsync(one, $"/people/{id}/removal", []);
        await jun.PostProfileAsync(other, "/people", joel);
        Assert.Equal(other, await house.WithAsync(db => db.Customers.Where(c => c.Id == id).Select(c => c.OrganisationId).SingleAsync()));
        await Assert.ThrowsAsync<Language.Refusal>(() =>
            house.AskAsync<CustomerMerging, CustomerMerger>(async m =>
                await m.MergeAsync(id, other, await house.ActorAsync("Jun"), house.Now)
            )
        );
    }
}
