DROP INDEX `request_status_submitted`;--> statement-breakpoint
DROP INDEX `request_submitted`;--> statement-breakpoint
DROP INDEX `request_changed`;--> statement-breakpoint
DROP INDEX `request_person`;--> statement-breakpoint
DROP INDEX `request_access`;--> statement-breakpoint
CREATE INDEX `request_by_status` ON `request` (`status`,`submitted_at`,`access`);--> statement-breakpoint
CREATE INDEX `request_by_submitted` ON `request` (`submitted_at`,`status`,`access`);--> statement-breakpoint
CREATE INDEX `request_by_changed` ON `request` (`changed_at`,`status`,`access`);--> statement-breakpoint
CREATE INDEX `request_by_person` ON `request` (`person`,`status`,`access`);--> statement-breakpoint
CREATE INDEX `request_by_reference` ON `request` (`reference`,`status`,`access`);--> statement-breakpoint
CREATE INDEX `request_by_access` ON `request` (`access`,`status`);