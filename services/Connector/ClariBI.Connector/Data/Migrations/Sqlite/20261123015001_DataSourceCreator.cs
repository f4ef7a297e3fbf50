using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DataSourceCreator : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ConnectedById",
                table: "DataSources",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "CreatedById",
                table: "DataSources",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ConnectedById",
                table: "DataSources");

            migrationBuilder.DropColumn(
                name: "CreatedById",
                table: "DataSources");
        }
    }
}
