using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClariBI.Connector.Data.Migrations.Postgres
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
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "CreatedById",
                table: "DataSources",
                type: "uuid",
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
