using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClientsAndScopes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri",
                table: "ClientRegistrations");

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "DataSources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "ClientRegistrations",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LeasedUntil",
                table: "ClientRegistrations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "ClientRegistrations",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProvenAt",
                table: "ClientRegistrations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SuspectSince",
                table: "ClientRegistrations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ChallengedScope",
                table: "Authorizations",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FailureCode",
                table: "Authorizations",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "Authorizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "Suspect",
                table: "Authorizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri_Owner",
                table: "ClientRegistrations",
                columns: new[] { "Issuer", "RedirectUri", "Owner" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri_Owner",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "LeasedUntil",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "Owner",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "ProvenAt",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "SuspectSince",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "ChallengedScope",
                table: "Authorizations");

            migrationBuilder.DropColumn(
                name: "FailureCode",
                table: "Authorizations");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "Authorizations");

            migrationBuilder.DropColumn(
                name: "Suspect",
                table: "Authorizations");

            migrationBuilder.CreateIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri",
                table: "ClientRegistrations",
                columns: new[] { "Issuer", "RedirectUri" },
                unique: true);
        }
    }
}
