<p>Hello ${user.firstName},</p>
<p>The task "${task.type}" assigned to you is due on ${task.dueDate}.</p>
<p>Creator: ${task.creator}</p>
