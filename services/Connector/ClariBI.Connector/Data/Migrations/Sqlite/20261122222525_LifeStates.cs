using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LifeStates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Mark",
                table: "History",
                type: "INTEGER",
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

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "DataSources",
                type: "TEXT",
                maxLength: 320,
                nullable: true);

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

            migrationBuilder.AddColumn<long>(
                name: "RetryAt",
                table: "DataSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StateCode",
                table: "DataSources",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_DataSources_CheckDueAt",
                table: "DataSources",
                column: "CheckDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_DataSources_WorkspaceId_NameKey",
                table: "DataSources",
                columns: new[] { "WorkspaceId", "NameKey" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DataSources_CheckDueAt",
                table: "DataSources");

            migrationBuilder.DropIndex(
                name: "IX_DataSources_WorkspaceId_NameKey",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "Mark",
                table: "History");

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
                name: "NameKey",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ReachableAt",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "ReachableOk",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "RetryAt",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "StateCode",
                table: "DataSources");
        }
    }
}
