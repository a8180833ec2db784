{ts}Thank you for registering.{/ts} {$event.event_title} {$event.event_start_date|crmDate}
{if $amount}{ts}Total{/ts}: {$amount|crmMoney}{/if}
