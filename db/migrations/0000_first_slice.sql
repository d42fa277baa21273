CREATE TABLE `ledger_disclosure` (
	`seq` integer NOT NULL,
	`field` text NOT NULL,
	`salt` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`seq`, `field`)
);
--> statement-breakpoint
CREATE TABLE `ledger_event` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor_id` text,
	`operation` text NOT NULL,
	`subject_kind` text,
	`subject_id` text,
	`outcome` text NOT NULL,
	`sentence` text NOT NULL,
	`event` text NOT NULL,
	`leaf_hash` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ledger_subject` ON `ledger_event` (`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `ledger_operation` ON `ledger_event` (`operation`);--> statement-breakpoint
CREATE INDEX `ledger_actor` ON `ledger_event` (`actor_id`);--> statement-breakpoint
CREATE TABLE `ledger_node` (
	`level` integer NOT NULL,
	`position` integer NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`level`, `position`)
);
--> statement-breakpoint
CREATE TABLE `as_number` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`employee_number` text NOT NULL,
	`position_number` text,
	`as_number` text NOT NULL,
	`issued_on` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `as_number_current` ON `as_number` (`employee_number`,`as_number`) WHERE until_import_id is null;--> statement-breakpoint
CREATE TABLE `assignment` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`assignment_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`effective_to` text,
	`person_id` text NOT NULL,
	`assignment_type` text,
	`assignment_number` text NOT NULL,
	`system_status` text,
	`user_status` text,
	`location_id` text,
	`supervisor_flag` text,
	`supervisor_person_id` text,
	`supervisor_assignment_id` text,
	`supervisor_assignment_number` text,
	`department_manager_person_id` text,
	`employee_category` text,
	`assignment_category` text,
	`primary_assignment` text,
	`organisation_id` text,
	`position_id` text,
	`position_name` text,
	`grade` text,
	`job_name` text,
	`contract_end_date` text,
	`last_working_day` text,
	`manager_flag` text,
	`assignment_end_date` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_current` ON `assignment` (`assignment_id`,`effective_from`) WHERE until_import_id is null;--> statement-breakpoint
CREATE INDEX `assignment_person` ON `assignment` (`person_id`);--> statement-breakpoint
CREATE INDEX `assignment_supervisor` ON `assignment` (`supervisor_assignment_id`);--> statement-breakpoint
CREATE INDEX `assignment_number` ON `assignment` (`assignment_number`);--> statement-breakpoint
CREATE TABLE `holding` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`employee_number` text NOT NULL,
	`username` text NOT NULL,
	`exported_name` text NOT NULL,
	`urp` text,
	`start_date` text NOT NULL,
	`end_date` text,
	`last_logon` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `holding_current` ON `holding` (`employee_number`,`username`,`exported_name`,`start_date`) WHERE until_import_id is null;--> statement-breakpoint
CREATE INDEX `holding_employee` ON `holding` (`employee_number`,`urp`);--> statement-breakpoint
CREATE INDEX `holding_urp` ON `holding` (`urp`);--> statement-breakpoint
CREATE TABLE `import` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`vpd` text,
	`sequence` integer,
	`taken_at` text,
	`imported_at` text NOT NULL,
	`imported_by` text NOT NULL,
	`starting_position` integer,
	`read` integer NOT NULL,
	`new` integer NOT NULL,
	`changed` integer NOT NULL,
	`ended` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `import_kind` ON `import` (`kind`,`imported_at`);--> statement-breakpoint
CREATE TABLE `location` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`location_id` text NOT NULL,
	`code` text,
	`description` text,
	`inactive_date` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `location_current` ON `location` (`location_id`) WHERE until_import_id is null;--> statement-breakpoint
CREATE TABLE `organisation` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`organisation_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`effective_to` text,
	`name` text NOT NULL,
	`type` text,
	`parent_organisation_id` text,
	`location_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisation_current` ON `organisation` (`organisation_id`,`effective_from`) WHERE until_import_id is null;--> statement-breakpoint
CREATE TABLE `person` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`person_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`effective_to` text,
	`employee_number` text NOT NULL,
	`title` text,
	`last_name` text NOT NULL,
	`first_name` text,
	`middle_name` text,
	`preferred_name` text,
	`hire_date` text,
	`termination_date` text,
	`employee_status` text,
	`smartcard_uuid` text,
	`system_person_type` text,
	`user_person_type` text,
	`office_email` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_current` ON `person` (`person_id`,`effective_from`) WHERE until_import_id is null;--> statement-breakpoint
CREATE INDEX `person_employee_number` ON `person` (`employee_number`);--> statement-breakpoint
CREATE INDEX `person_name` ON `person` (`last_name`,`first_name`);--> statement-breakpoint
CREATE TABLE `position` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`position_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`effective_to` text,
	`position_number` text NOT NULL,
	`position_name` text NOT NULL,
	`job_staff_group` text,
	`job_role` text,
	`organisation_id` text,
	`hiring_status` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `position_current` ON `position` (`position_id`,`effective_from`) WHERE until_import_id is null;--> statement-breakpoint
CREATE TABLE `training` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_import_id` text NOT NULL,
	`until_import_id` text,
	`employee_number` text NOT NULL,
	`competence` text NOT NULL,
	`status` text NOT NULL,
	`achieved_on` text,
	`expires_on` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `training_current` ON `training` (`employee_number`,`competence`) WHERE until_import_id is null;--> statement-breakpoint
CREATE TABLE `column_mapping` (
	`kind` text NOT NULL,
	`signature` text NOT NULL,
	`mapping` text NOT NULL,
	`saved_at` text NOT NULL,
	PRIMARY KEY(`kind`, `signature`)
);
--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`request_id` text,
	`employee_number` text NOT NULL,
	`person` text NOT NULL,
	`urp` text NOT NULL,
	`username` text,
	`import_id` text NOT NULL,
	`raised_at` text NOT NULL,
	`extract_taken_at` text NOT NULL,
	`sentence` text NOT NULL,
	`next_action` text NOT NULL,
	`settled_at` text,
	`settled_by` text,
	`settlement` text
);
--> statement-breakpoint
CREATE INDEX `finding_open` ON `finding` (`settled_at`,`raised_at`);--> statement-breakpoint
CREATE INDEX `finding_subject` ON `finding` (`employee_number`,`urp`);--> statement-breakpoint
CREATE TABLE `request_version` (
	`request_id` text NOT NULL,
	`version` integer NOT NULL,
	`received_at` text NOT NULL,
	`import_id` text NOT NULL,
	`form` text NOT NULL,
	PRIMARY KEY(`request_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `request` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`reference` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer NOT NULL,
	`form_version` integer NOT NULL,
	`submitted_at` text NOT NULL,
	`changed_at` text NOT NULL,
	`person` text NOT NULL,
	`beneficiary_number` text NOT NULL,
	`employee_number` text,
	`access` text NOT NULL,
	`urp` text,
	`keyed_at` text,
	`snapshot` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `request_id` ON `request` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `request_reference` ON `request` (`reference`);--> statement-breakpoint
CREATE INDEX `request_status_submitted` ON `request` (`status`,`submitted_at`);--> statement-breakpoint
CREATE INDEX `request_submitted` ON `request` (`submitted_at`);--> statement-breakpoint
CREATE INDEX `request_changed` ON `request` (`changed_at`);--> statement-breakpoint
CREATE INDEX `request_person` ON `request` (`person`);--> statement-breakpoint
CREATE INDEX `request_access` ON `request` (`access`);--> statement-breakpoint
CREATE INDEX `request_employee` ON `request` (`employee_number`,`urp`);--> statement-breakpoint
CREATE TABLE `saved_view` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`sort` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_view_name` ON `saved_view` (`user_id`,`name`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `starting_position` (
	`employee_number` text NOT NULL,
	`urp` text NOT NULL,
	`import_id` text NOT NULL,
	PRIMARY KEY(`employee_number`, `urp`)
);
--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`employee_number` text,
	`roles` text NOT NULL,
	`created_at` text NOT NULL,
	`last_sign_in_at` text,
	`ended_at` text,
	`must_change_password` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_username_unique` ON `user` (`username`);