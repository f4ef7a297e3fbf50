using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ToolPins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "FreeTextTools",
                table: "DataSources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "PersonalTools",
                table: "DataSources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "ToolsPending",
                table: "DataSources",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "ToolsVersion",
                table: "DataSources",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "ToolBaselines",
                columns: table => new
                {
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "uuid", nullable: false),
                    DefinitionsJson = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ToolBaselines", x => x.GrantId);
                });

            migrationBuilder.CreateTable(
                name: "ToolPins",
                columns: table => new
                {
                    DataSourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Tool = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Definition = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ApprovedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SwitchedOff = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ToolPins", x => new { x.DataSourceId, x.Tool });
                });

            migrationBuilder.CreateIndex(
                name: "IX_ToolBaselines_At",
                table: "ToolBaselines",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ToolBaselines");

            migrationBuilder.DropTable(
                name: "ToolPins");

            migrationBuilder.DropColumn(
                name: "FreeTextTools",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "PersonalTools",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ToolsPending",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ToolsVersion",
                table: "DataSources");
        }
    }
}
