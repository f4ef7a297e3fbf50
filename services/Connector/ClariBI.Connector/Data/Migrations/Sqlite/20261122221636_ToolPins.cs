using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "PersonalTools",
                table: "DataSources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

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
