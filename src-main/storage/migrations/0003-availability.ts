/** Availability: own presence in detail, subscriptions, blocked addresses. */
import type { WritableDB } from '../database.ts'

export function addAvailability(_db: WritableDB): void {}
