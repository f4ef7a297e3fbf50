using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.CredentialVault.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RotationAndRevocations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Doubt",
                table: "Grants",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DoubtAt",
                table: "Grants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FailureDetail",
                table: "Grants",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "Grants",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "FollowsRejection",
                table: "Grants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "FreshRejectedAt",
                table: "Grants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "RetryAt",
                table: "Grants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LeaseExpiresAt",
                table: "AccessLog",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KeyRotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Running = table.Column<int>(type: "integer", nullable: true),
                    To = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Done = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    Claim = table.Column<Guid>(type: "uuid", nullable: true),
                    ClaimedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyRotations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PendingRevocations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    Tokens_Ciphertext = table.Column<byte[]>(type: "bytea", nullable: false),
                    Tokens_Nonce = table.Column<byte[]>(type: "bytea", nullable: false),
                    Tokens_WrappedKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    Tokens_KeyNonce = table.Column<byte[]>(type: "bytea", nullable: false),
                    Tokens_KeyVersion = table.Column<string>(type: "text", nullable: false),
                    VendorName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PendingRevocations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RevokedGrants",
                columns: table => new
                {
                    WorkspaceId = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RevokedGrants", x => new { x.WorkspaceId, x.GrantId });
                });

            migrationBuilder.CreateTable(
                name: "RotationFailures",
                columns: table => new
                {
                    RotationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RowId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "uuid", nullable: true),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RotationFailures", x => new { x.RotationId, x.RowId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_RefreshClaimedUntil",
                table: "Grants",
                column: "RefreshClaimedUntil");

            migrationBuilder.CreateIndex(
                name: "IX_AccessLog_At",
                table: "AccessLog",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_KeyRotations_Running",
                table: "KeyRotations",
                column: "Running",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PendingRevocations_NextTryAt",
                table: "PendingRevocations",
                column: "NextTryAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "KeyRotations");

            migrationBuilder.DropTable(
                name: "PendingRevocations");

            migrationBuilder.DropTable(
                name: "RevokedGrants");

            migrationBuilder.DropTable(
                name: "RotationFailures");

            migrationBuilder.DropIndex(
                name: "IX_Grants_RefreshClaimedUntil",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_AccessLog_At",
                table: "AccessLog");

            migrationBuilder.DropColumn(
                name: "Doubt",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "DoubtAt",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "FailureDetail",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "Failures",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "FollowsRejection",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "FreshRejectedAt",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "RetryAt",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "LeaseExpiresAt",
                table: "AccessLog");
        }
    }
}
