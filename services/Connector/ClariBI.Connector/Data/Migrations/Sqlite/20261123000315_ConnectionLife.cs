using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ConnectionLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri",
                table: "ClientRegistrations");

            migrationBuilder.DropColumn(
                name: "AuthorizeUrl",
                table: "Authorizations");

            migrationBuilder.AddColumn<string>(
                name: "ChallengedScope",
                table: "DataSources",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CheckDueAt",
                table: "DataSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FailedChecks",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Fix",
                table: "DataSources",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "FreeTextTools",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "DataSources",
                type: "TEXT",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganizationId",
                table: "DataSources",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "PersonalTools",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ReachableAt",
                table: "DataSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ReachableOk",
                table: "DataSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RegistrationId",
                table: "DataSources",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RetryAt",
                table: "DataSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ServiceAccount",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "StateCode",
                table: "DataSources",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ToolsPending",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "ToolsVersion",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "ClientRegistrations",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "LeasedUntil",
                table: "ClientRegistrations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "ClientRegistrations",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ProvenAt",
                table: "ClientRegistrations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SuspectSince",
                table: "ClientRegistrations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ArgumentsHash",
                table: "Calls",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "Calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "Coalesced",
                table: "Calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "DefinitionHash",
                table: "Calls",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TruncatedRows",
                table: "Calls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VendorTimeMs",
                table: "Calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ChallengedScope",
                table: "Authorizations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FailureCode",
                table: "Authorizations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "Authorizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "SealedAuthorizeUrl",
                table: "Authorizations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ServiceAccount",
                table: "Authorizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "Suspect",
                table: "Authorizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "History",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DataSourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CollapseKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Mark = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_History", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ToolBaselines",
                columns: table => new
                {
                    GrantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DefinitionsJson = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ToolBaselines", x => x.GrantId);
                });

            migrationBuilder.CreateTable(
                name: "ToolPins",
                columns: table => new
                {
                    DataSourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Tool = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ApprovedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SwitchedOff = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ToolPins", x => new { x.DataSourceId, x.Tool });
                });

            migrationBuilder.CreateIndex(
                name: "IX_DataSources_CheckDueAt",
                table: "DataSources",
                column: "CheckDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_DataSources_WorkspaceId_NameKey",
                table: "DataSources",
                columns: new[] { "WorkspaceId", "NameKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri_Owner",
                table: "ClientRegistrations",
                columns: new[] { "Issuer", "RedirectUri", "Owner" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Calls_At",
                table: "Calls",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_History_At",
                table: "History",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_History_DataSourceId_At",
                table: "History",
                columns: new[] { "DataSourceId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_History_DataSourceId_CollapseKey",
                table: "History",
                columns: new[] { "DataSourceId", "CollapseKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ToolBaselines_At",
                table: "ToolBaselines",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "History");

            migrationBuilder.DropTable(
                name: "ToolBaselines");

            migrationBuilder.DropTable(
                name: "ToolPins");

            migrationBuilder.DropIndex(
                name: "IX_DataSources_CheckDueAt",
                table: "DataSources");

            migrationBuilder.DropIndex(
                name: "IX_DataSources_WorkspaceId_NameKey",
                table: "DataSources");

            migrationBuilder.DropIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri_Owner",
                table: "ClientRegistrations");

            migrationBuilder.DropIndex(
                name: "IX_Calls_At",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "ChallengedScope",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "CheckDueAt",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "FailedChecks",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "Fix",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "FreeTextTools",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "OrganizationId",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "PersonalTools",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ReachableAt",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ReachableOk",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "RegistrationId",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "RetryAt",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ServiceAccount",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "StateCode",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ToolsPending",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ToolsVersion",
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
                name: "ArgumentsHash",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Attempts",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Coalesced",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "DefinitionHash",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TruncatedRows",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "VendorTimeMs",
                table: "Calls");

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
                name: "SealedAuthorizeUrl",
                table: "Authorizations");

            migrationBuilder.DropColumn(
                name: "ServiceAccount",
                table: "Authorizations");

            migrationBuilder.DropColumn(
                name: "Suspect",
                table: "Authorizations");

            migrationBuilder.AddColumn<string>(
                name: "AuthorizeUrl",
                table: "Authorizations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_ClientRegistrations_Issuer_RedirectUri",
                table: "ClientRegistrations",
                columns: new[] { "Issuer", "RedirectUri" },
                unique: true);
        }
    }
}
