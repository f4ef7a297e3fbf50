using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CallDetails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ArgumentsHash",
                table: "Calls",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "Coalesced",
                table: "Calls",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "DefinitionHash",
                table: "Calls",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TruncatedRows",
                table: "Calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VendorTimeMs",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Calls_At",
                table: "Calls",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_At",
                table: "Calls");

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
        }
    }
}
