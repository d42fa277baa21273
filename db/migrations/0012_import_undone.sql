ALTER TABLE `import` ADD `undone_at` text;--> statement-breakpoint
ALTER TABLE `import` ADD `undone_by` text;