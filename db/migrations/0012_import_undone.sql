ALTER TABLE `import` ADD `undone_at` text;--> statement-breakpoint
ALTER TABLE `import` ADD `undone_by` text;--> statement-breakpoint
CREATE INDEX `finding_request` ON `finding` (`request_id`) WHERE request_id is not null;