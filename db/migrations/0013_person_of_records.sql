ALTER TABLE `finding` ADD `person_id` text;--> statement-breakpoint
ALTER TABLE `starting_position` ADD `person_id` text;