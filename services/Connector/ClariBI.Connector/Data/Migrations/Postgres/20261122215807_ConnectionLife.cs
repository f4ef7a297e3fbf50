using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ConnectionLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ChallengedScope",
                table: "DataSources",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganizationId",
                table: "DataSources",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ServiceAccount",
                table: "DataSources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "ServiceAccount",
                table: "Authorizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ChallengedScope",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "OrganizationId",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ServiceAccount",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ServiceAccount",
                table: "Authorizations");
        }
    }
}
